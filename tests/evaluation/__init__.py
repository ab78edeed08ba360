"""How well the reader reads and the matcher matches, measured on labelled mails."""
