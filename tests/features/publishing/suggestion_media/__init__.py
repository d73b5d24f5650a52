"""Media and price of a suggested post that waits."""
