"""A creator's vault, looked at privately: lists, covered previews, suggestions."""
