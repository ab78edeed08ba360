"""Writes the weights of the sentence model, or with --check tells how well it generalises."""

import sys

from functions.worker.reading.sentence_model import WEIGHTS
from tests.training.cross_validation import shares_found
from tests.training.weights_file import weights_file

if "--check" in sys.argv:
    for kind, share in shares_found().items():
        sys.stdout.write(f"{kind:16} {share:6.1%}\n")
else:
    WEIGHTS.write_text(weights_file(), encoding="utf-8")
