"""What a reply may cost: limits by role, set by leads, heard before it leaves."""
