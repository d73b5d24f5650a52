"""Tests of connections out, over real sockets."""
