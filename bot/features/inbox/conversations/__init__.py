"""Talks: how each fan's chat stands with the team, and who answers it now."""
