"""Published posts as threads of the team: a card for each, and its comments."""
