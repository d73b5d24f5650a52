"""Answers that a team uses again: kept, filled with the fan's name, sent."""
