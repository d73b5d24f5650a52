"""Price limits by role: set by leads, checked before a reply leaves."""
