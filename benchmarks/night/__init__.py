"""A night of a whole agency on one server, at twenty times its speed."""
