"""The command line: run, doctor, keys, backup, restore, export, demo."""
