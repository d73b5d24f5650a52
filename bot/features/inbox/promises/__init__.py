"""A team's promises to fans: by when, who owes them, and who is reminded."""
