"""Tests of backups: proven, taken away, told of."""
