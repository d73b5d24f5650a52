"""How each fan's chat stands with the team."""
