"""A second reader on Amazon Bedrock: a language model reads, the mail's own text has to agree."""

from functions.worker.second_reader.bedrock_client import bedrock_client
from functions.worker.second_reader.bedrock_reader import BedrockReader
from functions.worker.second_reader.combined_reader import CombinedReader
from functions.worker.second_reader.reading_budget import ReadingBudget

__all__ = ["BedrockReader", "CombinedReader", "ReadingBudget", "bedrock_client"]
