"""Programs that others would relay with, each as its own documents show it."""
