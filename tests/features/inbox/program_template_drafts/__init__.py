"""Programs draft templates."""
