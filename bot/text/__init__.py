"""Times, money and safe text, as people read and type them."""
