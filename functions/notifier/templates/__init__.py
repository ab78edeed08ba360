"""E-mails as data: a folder per occasion, with its subject and its body."""
