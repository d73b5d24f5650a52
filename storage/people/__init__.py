"""Tables of people: creators, grants, tokens, privacy."""
