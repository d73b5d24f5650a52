"""Problems that wait for a person, and how the team settles them."""
