"""Pictures of figures: a sheet to draw on, and bars side by side."""
