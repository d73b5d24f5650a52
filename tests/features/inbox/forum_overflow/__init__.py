"""A full forum gets another one beside it, once, whatever process dies."""
