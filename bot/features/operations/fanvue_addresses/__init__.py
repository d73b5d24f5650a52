"""Keeps which of Fanvue's addresses answer, over restarts and for `doctor`."""
