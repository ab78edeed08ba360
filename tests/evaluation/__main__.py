"""``python -m tests.evaluation [--renew]``: prints how well the mails are read and matched.

``--renew`` writes what was reached into the floors that the tests hold, unless something got worse.

Of the mails kept aside only the shares are shown: whoever knows which were missed would soon
have written rules for them.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from tests.evaluation.floors import lowered, renew, results_of
from tests.evaluation.score import Outcome, Scores, score

_DIFFICULTIES = ("easy", "medium", "hard")
_MISSES_SHOWN = 8


def main() -> None:
    """Shows each field's share, overall and by difficulty, and what was missed."""
    known = results_of("known")
    overall = _show_shares(known, "known mails")
    _say(f"{'references F1':26}{overall.references.f1:9.3f}")
    _say("\nmust hardly occur")
    for name, found in overall.faults.items():
        _say(f"{name:26}{len(found):>9}  {' '.join(found)}")
    _say("\nmissed most")
    for name, tally in sorted(overall.shares.items(), key=lambda item: item[1].share):
        if tally.wrong:
            _say(f"{name:26}{' '.join(tally.wrong[:_MISSES_SHOWN])}")
    _say("")
    kept_aside = results_of("kept aside")
    aside = _show_shares(kept_aside, "mails kept aside")
    _say(f"{'references F1':26}{aside.references.f1:9.3f}")
    _say("\nmust hardly occur")
    for name, found in aside.faults.items():
        _say(f"{name:26}{len(found):>9}")
    if "--renew" in sys.argv:
        _renew({"known": (len(known), overall), "kept aside": (len(kept_aside), aside)})


def _renew(groups: dict[str, tuple[int, Scores]]) -> None:
    worse = [fault for group, found in groups.items() for fault in lowered(group, *found)]
    if worse and "--lower" not in sys.argv:
        sys.exit(
            f"Not renewed, because these got worse: {', '.join(worse)}. --lower renews anyway."
        )
    renew(groups)


def _show_shares(results: Sequence[Outcome], what: str) -> Scores:
    overall = score(results)
    by_difficulty = {level: score(_of(results, level)) for level in _DIFFICULTIES}
    _say(f"{len(results)} {what}\n")
    _say(f"{'':26}{'right':>9}{'all':>8}" + "".join(f"{level:>8}" for level in _DIFFICULTIES))
    for name, tally in overall.shares.items():
        parts = "".join(_percent(scores, name) for scores in by_difficulty.values())
        count = f"{tally.right}/{tally.total}"
        _say(f"{name:26}{count:>9}{_percent(overall, name)}{parts}")
    return overall


def _of(results: Sequence[Outcome], level: str) -> list[Outcome]:
    return [outcome for outcome in results if outcome.label.difficulty == level]


def _percent(scores: Scores, name: str) -> str:
    tally = scores.shares.get(name)
    return f"{'–':>8}" if tally is None else f"{100 * tally.share:7.1f}%"


def _say(text: str) -> None:
    print(text)  # noqa: T201


if __name__ == "__main__":
    main()
