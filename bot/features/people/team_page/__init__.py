"""The page beside Discord: who is signed in to it."""
