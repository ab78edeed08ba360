"""What a function does around a snapshot that Lambda starts its containers from (SnapStart)."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

_HOOKS = "snapshot_restore_py"
"""Lambda's own Python runtime brings it, and nothing else does."""


def around_snapshots(*, prepare: Callable[[], object], let_go: Callable[[], object]) -> None:
    """Does `prepare` before a snapshot, so that it holds the work; and `let_go` on either side.

    What a snapshot holds is in every container that starts from it, perhaps weeks later, so no
    connection may be in it. Elsewhere than on Lambda, or without SnapStart, nothing is done
    (AWS Lambda developer guide, "Lambda SnapStart runtime hooks for Python").
    """
    try:
        hooks = import_module(_HOOKS)
    except ModuleNotFoundError as absent:
        if absent.name != _HOOKS:
            raise
        return

    def before_snapshot() -> None:
        prepare()
        let_go()

    hooks.register_before_snapshot(before_snapshot)
    hooks.register_after_restore(let_go)
