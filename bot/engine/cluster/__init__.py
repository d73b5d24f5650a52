"""Hands out streams to many processes on PostgreSQL, through procrastinate."""
