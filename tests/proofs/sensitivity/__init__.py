"""Seeded bugs: every proof program is seen to fail where it must (T6)."""
