"""Where a team wants it, what is typed in a fan's thread goes to the fan."""
