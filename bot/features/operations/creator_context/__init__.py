"""One creator as data for agents and other programs, as far as a role may see."""
