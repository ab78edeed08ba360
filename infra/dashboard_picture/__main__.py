"""Writes docs/dashboard.svg: ``python -m infra.dashboard_picture docs/dashboard.svg``."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from infra.app import build, context_of
from infra.dashboard_picture.body import dashboard_body
from infra.dashboard_picture.picture import draw_dashboard

_STAGE = "prod"


def main(picture: Path) -> None:
    """Synthesise without bundles, which have nothing to do with the dashboard, and draw."""
    with tempfile.TemporaryDirectory() as folder:
        context = context_of([f"stage={_STAGE}"]) | {"aws:cdk:bundling-stacks": []}
        build(context=context, output=Path(folder)).synth()
        template = json.loads((Path(folder) / "Service.template.json").read_text())
    svg = draw_dashboard(f"creditor-mail-{_STAGE}", dashboard_body(template))
    picture.write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
