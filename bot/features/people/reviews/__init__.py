"""Reviews for leads: replies that were sent, and those stopped before that."""
