"""A mass message put together step by step, put down and taken up again."""
