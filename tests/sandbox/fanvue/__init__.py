"""Tests of the Fanvue stand-in, over real sockets."""
