"""The product as it runs on AWS, and the same template on one machine.

jsii starts Node when `aws_cdk` is first imported, and a machine may have none or one too old, so
the package settles here, before any of its modules imports `aws_cdk`, which Node that is.
"""

from __future__ import annotations

import os

from infra.node import bundled_node

_node = bundled_node()
if _node is not None:
    os.environ.setdefault("JSII_NODE", str(_node))
