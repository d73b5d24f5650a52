"""Keeping a bridge well: alerts, problems, the doctor, keys, backups."""
