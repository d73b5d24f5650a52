"""The context of a fan: their card and chat for programs."""
