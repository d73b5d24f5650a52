"""Limits of prices: set by leads, heard before a reply leaves."""
