"""A message to a hundred thousand, and a list of twenty thousand."""
