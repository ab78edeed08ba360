"""From a mail as it came to one text with labelled lines: own words, quotes, signature, footer."""
