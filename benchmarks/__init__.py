"""Measurements that anybody can repeat; no part of the program or its tests."""
