"""Media and price of a post, chosen in the gallery over its preview."""
