"""A creator's figures: what came in, from whom, how many subscribe."""
