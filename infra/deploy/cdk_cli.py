"""CDK's command line, in the one version that is tried with this project."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from infra.deploy.errors import CannotDeploy

# Never without a version: what the registry calls the latest has been one that reads no template
# of today's library. It must be as new as aws-cdk-lib, and both change together.
CDK_CLI = "aws-cdk@2.1148.1"


@dataclass(frozen=True)
class CdkCli:
    """Runs it with the Node that the project brings; its output goes to the terminal."""

    region: str
    programs: Path = Path(sys.executable).parent
    """Where npx is looked for first."""

    def run(self, *arguments: str) -> bool:
        """Return whether it ended well; raises CannotDeploy if there is no npx."""
        path = os.pathsep.join([str(self.programs), os.environ.get("PATH", "")])
        npx = shutil.which("npx", path=path)
        if npx is None:
            message = "npx is missing: start with make, which installs Node beside Python."
            raise CannotDeploy(message)
        region = {"AWS_REGION": self.region, "AWS_DEFAULT_REGION": self.region}
        ended = subprocess.run(  # noqa: S603 - a pinned program with the project's own arguments
            [npx, "--yes", CDK_CLI, *arguments],
            env={**os.environ, "PATH": path, **region},
            check=False,
        )
        return ended.returncode == 0
