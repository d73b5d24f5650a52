"""Posts and mass messages that members plan on the web page."""
