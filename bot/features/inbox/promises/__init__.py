"""What a team promised its fans: by when, who owes it, and who is reminded."""
