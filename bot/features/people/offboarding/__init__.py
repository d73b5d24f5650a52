"""Offboarding: somebody is taken out of a team, with all that was theirs."""
