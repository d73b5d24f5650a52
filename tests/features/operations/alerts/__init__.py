"""Who is told of what, by which rule."""
