"""A member's phone rings when a fan writes, if the member wants that."""
