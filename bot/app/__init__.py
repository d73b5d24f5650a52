"""The wiring: settings, the context, every feature, and what a process runs."""
