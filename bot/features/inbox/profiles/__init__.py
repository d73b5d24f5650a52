"""A fan as one member may see them: what is behind More on their card."""
