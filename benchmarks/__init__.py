"""Measurements that anybody can repeat; not part of the program and not of its tests."""
