"""The word tables, sentences, number words, and what a whole sentence sounds like."""
