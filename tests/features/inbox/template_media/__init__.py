"""The media of a template, chosen in the gallery."""
