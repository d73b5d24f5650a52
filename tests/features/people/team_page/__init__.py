"""The page beside Discord."""
