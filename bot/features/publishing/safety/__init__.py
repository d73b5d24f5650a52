"""Safeguards between a press and a mass message to very many fans."""
