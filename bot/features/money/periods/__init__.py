"""A creator's figures: income, by which fans, how many subscribe."""
