"""The team's desk: what waits for a person, and how it is settled."""
