"""What a team changes about a chat on Fanvue."""
