"""The context of a creator for programs."""
