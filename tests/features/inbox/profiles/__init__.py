"""Tests of a fan as one member may see them."""
