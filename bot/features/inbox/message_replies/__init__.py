"""Messages typed in a fan's thread go to the fan, where a team wants it."""
