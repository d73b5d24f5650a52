"""Media added to replies."""
