"""Messages from before the bridge: shown once, in a fan's first thread."""
