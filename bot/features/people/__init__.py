"""Accounts, the team, pauses, reviews, privacy."""
