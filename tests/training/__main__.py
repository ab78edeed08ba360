"""Writes the weights of the sentence model."""

from functions.worker.reading.sentence_model import WEIGHTS
from tests.training.weights_file import weights_file

WEIGHTS.write_text(weights_file(), encoding="utf-8")
