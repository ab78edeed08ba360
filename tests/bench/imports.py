"""``python -m tests.bench.imports``: what a cold start costs, beside what it must cost anyway.

Each function is imported from its own bundle, and put together, in fresh processes like those of
Lambda. The floor is the bare import of the third-party modules that its code names, from the same
bundle. Times are the processor's, so that a busy machine changes them little; machines differ,
the ratio hardly does.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.packaging import Packaging, this_machine
from tests.bench.stopwatch import say
from tests.environments import FUNCTIONS, environment

ROUNDS = 9
ROOT = Path(__file__).resolve().parents[2]
_MEGABYTE = 1_000_000

_NAMED_MODULES = """
import ast, importlib, json, sys
importlib.import_module(sys.argv[1])
named = set()
for name, module in sorted(sys.modules.items()):
    if name.partition(".")[0] in {"functions", "shared"} and getattr(module, "__file__", None):
        for node in ast.walk(ast.parse(open(module.__file__).read())):
            if isinstance(node, ast.Import):
                named.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and not node.level:
                named.add(node.module)
own = {"functions", "shared", *sys.stdlib_module_names}
print(json.dumps(sorted(name for name in named if name.partition(".")[0] not in own)))
"""
_TIMED_IMPORT = """
import importlib, json, sys, time
began = time.process_time()
for name in sys.argv[1:]:
    importlib.import_module(name)
imported = time.process_time()
getattr(importlib.import_module(sys.argv[1]), "_composed", int)()
print(json.dumps([imported - began, time.process_time() - imported]))
"""


@dataclass(frozen=True)
class ColdStart:
    """Seconds and bytes of one function."""

    imported: float
    """The handler's module, and all that it imports."""
    bare: float
    """The third-party modules alone."""
    composed: float
    """Putting it together, which the first invocation does."""
    size: int

    @property
    def ratio(self) -> float:
        return self.imported / self.bare


def main() -> None:
    """Prints a line per function: milliseconds, the ratio to the floor, and megabytes."""
    packaging = Packaging(root=ROOT, cache=ROOT / ".build", target=this_machine())
    say("            import     bare  ratio  put together  bundle")
    for function in FUNCTIONS:
        found = measure(packaging, function, rounds=ROUNDS)
        say(
            f"{function:10} {_milliseconds(found.imported)} {_milliseconds(found.bare)}"
            f"  {found.ratio:5.2f}    {_milliseconds(found.composed)}"
            f"  {found.size / _MEGABYTE:5.1f} MB"
        )


def measure(packaging: Packaging, function: str, *, rounds: int) -> ColdStart:
    """The medians of `rounds` processes each; what is compared takes turns."""
    with tempfile.TemporaryDirectory() as folder:
        bundle = Path(folder)
        packaging.assemble(function, bundle)
        places = (bundle, packaging.third_party("runtime"))
        handler = f"functions.{function}.handler"
        named = third_party_modules(places, function)
        whole, bare = [], []
        for _ in range(rounds):
            whole.append(_run(_TIMED_IMPORT, [handler], places, function))
            bare.append(_run(_TIMED_IMPORT, named, places, function))
        return ColdStart(
            imported=statistics.median(imported for imported, _ in whole),
            bare=statistics.median(imported for imported, _ in bare),
            composed=statistics.median(composed for _, composed in whole),
            size=sum(path.stat().st_size for path in bundle.rglob("*") if path.is_file()),
        )


def third_party_modules(places: Sequence[Path], function: str) -> list[str]:
    """The modules that the function's own ones, as far as its handler loads them, import."""
    modules: list[str] = _run(_NAMED_MODULES, [f"functions.{function}.handler"], places, function)
    return modules


def _run(program: str, arguments: Sequence[str], places: Sequence[Path], function: str) -> Any:
    paths = f"import sys; sys.path[:0] = {[str(place) for place in places]!r}\n"
    result = subprocess.run(
        [sys.executable, "-I", "-S", "-B", "-W", "ignore", "-c", paths + program, *arguments],
        env=environment(function),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(result.stdout)


def _milliseconds(seconds: float) -> str:
    return f"{1000 * seconds:4.0f} ms"


if __name__ == "__main__":
    main()
