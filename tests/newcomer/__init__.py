"""A person who has a Discord server, a Fanvue account, and no settings."""
