"""Media and price of posts, chosen in the gallery."""
