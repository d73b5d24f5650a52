"""Tests of the Fanvue lists that routing rules name."""
