"""Drafts of programs that leave without a press, by a rule of the creator's owner."""
