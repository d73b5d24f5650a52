"""The record of who did what: opened, read by people, proven whole, pruned."""
