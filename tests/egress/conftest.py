"""The pool and the peer of Fanvue's tests."""

from tests.fanvue.conftest import far, http

__all__ = ["far", "http"]
