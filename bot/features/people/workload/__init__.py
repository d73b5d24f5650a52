"""How much each member of a team answers, and how fast: for leads, privately."""
