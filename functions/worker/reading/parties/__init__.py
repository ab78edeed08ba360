"""Who takes part: the debtor, the creditor, and who acts for him."""
