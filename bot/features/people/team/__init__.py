"""A creator's team: its members, their permissions, and its places."""
