"""What a team promised its fans, and who is reminded."""
