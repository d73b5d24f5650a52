"""Programs draft posts."""
