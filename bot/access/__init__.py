"""Who may do what about which creator, on which server: one table, one question."""
