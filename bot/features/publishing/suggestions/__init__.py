"""Posts that members suggest, and that managers publish or refuse."""
