"""Makes the weights of the models from example sentences, labelled mails and short bodies."""
