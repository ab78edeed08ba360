"""Who is named in a mail: in the sender's own words, or only in the thread below them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from functions.worker.matching.forms_of_address import form_by_name, forms_said
from functions.worker.reading.language.vocabulary import pattern, source
from functions.worker.reading.parties.names import CAPITALISED, is_first_name
from functions.worker.reading.parties.people import PersonFound, find_debtor
from shared.domain.match_keys import PersonName, fold_letters, spellings

_AGAINST = re.compile(r" gegen (?:herrn?|frau|hr|fr)(?: \.)? ([^\W\d_-]+(?:-[^\W\d_]+)?) (?!\./)")
_AND_ANOTHER = r"(?:und|oder|sowie) [^\W\d_-]+(?:-[^\W\d_]+)?"
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|[|.;:!?()]")
_CAPITALISED = re.compile(r"(?<![\w-])[A-ZÀ-ÖØ-ÞĀ-Ž][^\W\d_]*(?:-[^\W\d_]+)*")
_ANY_WORD = re.compile(r"(?<![\w-])[^\W\d_]+(?:-[^\W\d_]+)*")
_ANSWER = re.compile(r"\s*(?:AW|RE|Antw(?:ort)?)\s?(?:\[\d+\])?:", re.IGNORECASE)
_SIGNED = re.compile(r"(?:[Ii]\. ?[AV]\. )?(?:[^\W\d_][\w.'’-]*[ ]){1,3}[^\W\d_][\w'’-]*")
_LONGEST_HEAD_LINE = 5
_TITLE = re.compile(r"\b(?:Dr|Prof|Dipl|Ing|med|dent|jur|rer|nat|phil)\. ?(?=[\w-])")
_BOTH = re.compile(
    r" (?:eheleuten?|ehepaar|ehegatten|familie|(?:herrn?|frau) und (?:herrn?|frau)) "
)
_RELATIVE = re.compile(
    rf"(?<![\w&])(?<!& )(?i:{source('people', 'relative')})\s"
    rf"(?:(?:Herrn?|Frau)\s)?(?!Herr|Frau){CAPITALISED}"
)


class Printed(IntEnum):
    """Where a mail shows something; the sender's own words count most."""

    NOWHERE = 0
    QUOTED = 1
    WRITTEN = 2


class Mention(IntEnum):
    """How fully the sender's own words name somebody."""

    NOT = 0
    SURNAME = 1
    """The surname alone, or the first name with an initial."""
    FULL = 2


@dataclass(frozen=True, kw_only=True)
class PeopleInMail:
    """The words of a mail, folded in both ways, with one blank around each."""

    written_words: tuple[str, ...]
    """The sender's own words, without the subject if he only answers to it."""
    subject_words: tuple[str, ...]
    """The subject of an answer: most often it is the first letter's."""
    quoted_words: tuple[str, ...]
    capitalised: frozenset[str]
    """The words of both that begin with a capital, folded; all of a mail without capitals."""
    names_a_couple: bool
    relatives: tuple[str, ...]
    """Named relatives in the sender's own words: "Ehemann Peter"."""
    in_head: tuple[str, ...]
    """Full names alone on a line above the text."""
    debtor: PersonFound | None
    """Who owes by the sender's own words alone."""

    def names(self, person: PersonName) -> Printed:
        """Where the full name stands, in either order, also as "Karl und Erna Schmidt"."""
        for texts, place in (
            (self.written_words, Printed.WRITTEN),
            ((*self.subject_words, *self.quoted_words), Printed.QUOTED),
        ):
            if any(_contains(text, person) for text in texts):
                return place
        return Printed.NOWHERE

    def mention(self, person: PersonName) -> Mention:
        """How the sender's own words name him: "Tobias Lang", "bei Lang", "Tobias L."."""
        return self._mention(person, self.written_words)

    def mention_in_subject(self, person: PersonName) -> Mention:
        """How the subject of an answer names him."""
        return self._mention(person, self.subject_words)

    def _mention(self, person: PersonName, texts: tuple[str, ...]) -> Mention:
        if any(_contains(text, person) for text in texts):
            return Mention.FULL
        surname = " ".join(person.last)
        forms = {form for last in spellings(surname) for form in (last, f"{last}s")}
        if " " not in surname:
            forms &= self.capitalised
        if person.first and surname:
            forms |= {f"{first} {surname[0].casefold()} ." for first in spellings(person.first[0])}
        is_said = any(f" {form} " in text for text in texts for form in forms)
        return Mention.SURNAME if is_said else Mention.NOT

    def addresses(self, person: PersonName) -> bool:
        """Whether the sender's own words call somebody Herr or Frau by this surname."""
        return bool(forms_said(self.written_words, spellings(" ".join(person.last))))

    def addresses_the_other_sex(self, person: PersonName) -> bool:
        """Whether the sender's own words say Frau where the thread or the first name has a Herr."""
        surnames = spellings(" ".join(person.last))
        firsts = spellings(" ".join(person.first))
        full = {f"{first} {last}" for first in firsts for last in surnames}
        by_name = form_by_name(person)
        due = forms_said(self.quoted_words, full) or ({by_name} if by_name else set())
        said = forms_said(self.written_words, surnames)
        names_both = any(_BOTH.search(text) for text in self.written_words)
        return bool(said and due) and not said & due and not names_both

    def has_another_initial(self, person: PersonName) -> bool:
        """Whether the sender's own words have "O. Kern" and never "E. Kern" for Eva Kern."""
        own = {form[0] for first in person.first for form in spellings(first)}
        initials = {
            match[1]
            for text in self.written_words
            for last in spellings(" ".join(person.last))
            for match in re.finditer(rf" (\w) \. {re.escape(last)} ", text)
        }
        return bool(initials) and not initials & own

    def relative(self, person: PersonName) -> str:
        """A relative whose name is not the person's own; empty if the mail names none."""
        own = {form for word in (*person.first, *person.last) for form in spellings(word)}
        others = (one for one in self.relatives if not spellings(one.split()[-1]) & own)
        return next(others, "")

    def another_in_head(self, person: PersonName) -> str:
        """Somebody else whose name stands above the text, if the person's own does not."""
        texts = (text for name in self.in_head for text in _word_texts(name))
        if any(_contains(text, person) for text in texts):
            return ""
        return next(iter(self.in_head), "")

    def is_about_another(self, person: PersonName) -> bool:
        """Whether the sender's own words turn against a Herr or a Frau of another surname."""
        surnames = spellings(" ".join(person.last))
        against = [set(_AGAINST.findall(text)) for text in self.written_words]
        return all(against) and not any(names & surnames for names in against)


def people_in_mail(said: str, quoted: str, subject_length: int, sender_name: str) -> PeopleInMail:
    """Look at the sender's own words, which begin with the subject, and at the thread."""
    unsigned = _without_signers(said, sender_name)
    subject, _, body = unsigned.partition("\n")
    is_answer = bool(_ANSWER.match(subject))
    words = _CAPITALISED.findall(unsigned) if body != body.lower() else _ANY_WORD.findall(unsigned)
    return PeopleInMail(
        written_words=_word_texts(body if is_answer else unsigned),
        subject_words=_word_texts(subject if is_answer else ""),
        quoted_words=_word_texts(quoted),
        capitalised=frozenset(form for word in set(words) for form in spellings(word)),
        names_a_couple=bool(pattern("people", "joint").search(said)),
        relatives=tuple(" ".join(match[0].split()) for match in _RELATIVE.finditer(unsigned)),
        in_head=_people_in_head(said, sender_name),
        debtor=find_debtor(said, "", subject_length=subject_length, sender_names={sender_name}),
    )


def _without_signers(said: str, sender_name: str) -> str:
    """Without lines below the text that only hold a name, and the sender's own name.

    The clerk is no debtor; but who stands in the head of a letter most often is.
    """
    lines = said.split("\n")
    head = _head_length(lines)
    kept = lines[:head] + [line for line in lines[head:] if not _SIGNED.fullmatch(line.strip())]
    text = "\n".join(kept)
    for name in _both_orders(sender_name):
        text = text.replace(name, " | ")
    return text


def _head_length(lines: list[str]) -> int:
    """The subject and the lines above the first one that says something or greets."""
    for place, line in enumerate(lines[1:], start=1):
        greets = pattern("segments", "salutation").match(line.strip())
        if greets or len(line.split()) > _LONGEST_HEAD_LINE:
            return place
    return 1


def _people_in_head(said: str, sender_name: str) -> tuple[str, ...]:
    """Names alone on a line above the text, as printed; not the sender's."""
    lines = said.split("\n")
    own = {" ".join(name.split()) for name in _both_orders(sender_name)}
    named = (" ".join(line.split()) for line in lines[1 : _head_length(lines)])
    return tuple(
        name
        for name in named
        if _SIGNED.fullmatch(name) and name not in own and _begins_or_ends_with_a_first_name(name)
    )


def _begins_or_ends_with_a_first_name(name: str) -> bool:
    return is_first_name(name) or is_first_name(name.rsplit(maxsplit=1)[-1])


def _both_orders(name: str) -> Iterator[str]:
    name = " ".join(name.split())
    last, comma, first = name.partition(", ")
    if len(name.split()) > 1:
        yield name
    if comma and first:
        yield f"{first} {last}"


def _word_texts(text: str) -> tuple[str, ...]:
    """Both foldings of the text as words with one blank around each; commas are left out."""
    text = _TITLE.sub("", text.replace("&", " und ").replace("u.", "und"))
    return tuple(
        f" {' '.join(re.findall(_WORDS, fold_letters(text, umlaut_with_e=with_e)))} "
        for with_e in (True, False)
    )


def _contains(text: str, person: PersonName) -> bool:
    if not person.first or not person.last:
        return False
    for first in spellings(" ".join(person.first)):
        for last in spellings(" ".join(person.last)):
            if f" {first} {last} " in text or f" {last} {first} " in text:
                return True
            couple = rf" {re.escape(first)} {_AND_ANOTHER} {re.escape(last)} "
            if f" {first} " in text and re.search(couple, text):
                return True
    return False
