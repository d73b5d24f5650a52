"""Published posts as threads of the team."""
