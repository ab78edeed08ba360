"""Writes the weights of the models, or with --check tells how well they generalise."""

import sys

from functions.worker.reading.language import sentence_model
from functions.worker.reading.money import sum_model
from functions.worker.reading.settlement import decision_model
from tests.training.cross_validation import claims_found, shares_found
from tests.training.examples import decisions, sentences, sums
from tests.training.weights_file import weights_file

if "--check" in sys.argv:
    for kind, share in shares_found().items():
        sys.stdout.write(f"{kind:16} {share:6.1%}\n")
    sys.stdout.write(f"{'claims':16} {claims_found():6.1%}\n")
else:
    sentence_model.WEIGHTS.write_text(weights_file(sentences()), encoding="utf-8")
    sum_model.WEIGHTS.write_text(weights_file(sums()), encoding="utf-8")
    decision_model.WEIGHTS.write_text(weights_file(decisions()), encoding="utf-8")
