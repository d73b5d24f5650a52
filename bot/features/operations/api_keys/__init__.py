"""Keys with which programs read a creator's data over HTTP."""
