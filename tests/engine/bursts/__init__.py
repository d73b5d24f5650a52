"""A fan's texts of a few seconds share a post: through the front door."""
