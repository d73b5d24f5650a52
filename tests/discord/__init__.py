"""Tests of cogs.inbox."""
