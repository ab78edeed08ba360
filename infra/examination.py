"""Lets cdk-nag examine what goes to AWS: whatever it finds is fixed, or explained where it stands.

Apart from `infra.app`, because a desk deploys nothing and need not wait for it.
"""

from __future__ import annotations

from aws_cdk import App, Validations
from cdk_nag import AwsSolutionsChecks


def examined(app: App) -> App:
    """Return `app`, whose synthesis now raises RuntimeError for an error that nobody explained.

    The findings are printed, and written to ``validation-report.json`` beside the templates.
    """
    Validations.of(app).add_plugins(AwsSolutionsChecks(app))
    return app
