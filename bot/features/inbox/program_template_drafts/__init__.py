"""Templates that programs write and a member reads, changes and saves."""
