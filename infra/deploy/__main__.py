"""``python -m infra.deploy [bootstrap] [-c key=value]… [--yes]``: what make deploy starts."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from infra.deploy.errors import CannotDeploy
from infra.deploy.story import bootstrap, deploy
from infra.packaging import PackagingError
from infra.settings import SettingsError


def main(arguments: Sequence[str] | None = None) -> int:
    """Return the exit code: 0 as it should be, 1 with a sentence on what is in the way."""
    parser = argparse.ArgumentParser(prog="python -m infra.deploy", description=__doc__)
    parser.add_argument("what", nargs="?", choices=["deploy", "bootstrap"], default="deploy")
    parser.add_argument("-c", "--context", action="append", default=[], metavar="key=value")
    parser.add_argument("--yes", action="store_true", help="deploy without asking")
    options = parser.parse_args(arguments)
    try:
        if options.what == "bootstrap":
            bootstrap()
        else:
            deploy(options.context, confirmed=options.yes)
    except (CannotDeploy, PackagingError, SettingsError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
