"""Figures that are looked up when somebody asks."""
