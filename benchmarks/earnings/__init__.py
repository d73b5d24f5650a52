"""How long answers about money take, from a thousand to a million transactions."""
