"""A fan as one member may see them, behind More on their card."""
