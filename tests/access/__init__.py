"""Who may do what, cell by cell (T8)."""
