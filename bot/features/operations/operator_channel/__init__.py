"""Tells the operator, beside Discord, what only they can mend."""
