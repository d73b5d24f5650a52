"""The language a member is answered in, and that of a creator's channels."""
