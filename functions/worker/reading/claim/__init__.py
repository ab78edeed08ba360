"""What is owed: which sum is the claim, of what it consists, and when none can be told."""
