"""Media and price of a suggested post that waits, chosen in the gallery."""
