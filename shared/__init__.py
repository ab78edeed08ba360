"""What at least two of the functions use: the domain, the tables, the messages."""
