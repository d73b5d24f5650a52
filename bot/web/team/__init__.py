"""The page beside Discord: earnings, calendar, vault, and what waits."""
