"""Media added to a reply before it is sent."""
