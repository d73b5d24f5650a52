"""Connections out: one rule of where they may lead, whoever wants one."""
