"""Storage: what every database must do, and what is SQLite's own."""
