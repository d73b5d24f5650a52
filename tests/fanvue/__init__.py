"""Tests of the Fanvue client, over real sockets."""
