"""How each fan's conversation stands with the team."""
