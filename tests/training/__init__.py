"""Makes the weights of the sentence model from the example sentences."""
