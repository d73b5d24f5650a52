"""Tests of cogs."""
