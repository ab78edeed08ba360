"""A list of texts comes back from PostgreSQL as it went in, whatever the texts are."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Text

from shared.postgres.database import Database
from shared.postgres.inquiries import Inquiries
from tests.factories import an_inquiry

ECHO = text("SELECT CAST(:texts AS text[])").bindparams(bindparam("texts", type_=ARRAY(Text)))
STORABLE = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))


def _echo(database: Database, texts: list[str]) -> list[str]:
    return list(database.transact(lambda c: c.execute(ECHO, {"texts": texts}).scalar_one()))


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(STORABLE | st.sampled_from(["null", "NULL", "", " ", '"', "\\", "{}", ","])))
def test_texts_survive(texts: list[str], database: Database) -> None:
    assert _echo(database, texts) == texts


@pytest.mark.parametrize("reference", ["null", "Null", "NULL"])
def test_a_reference_of_null_is_a_reference(reference: str, database: Database) -> None:
    Inquiries(database).put_many([an_inquiry(id="x", reference_numbers=(reference,))])
    assert Inquiries(database).get("x").reference_numbers == (reference,)
