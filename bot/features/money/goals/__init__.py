"""How much a creator wants to come in, in a week or a month, and how it goes."""
