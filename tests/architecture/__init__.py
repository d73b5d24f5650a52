"""Tests over everything: imports, sizes, docs, packaging, words."""
