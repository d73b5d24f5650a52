"""One fan as data for agents and other programs: their card and their chat."""
