"""A bureau for every test that asks."""

from tests.earnings.conftest import bureau

__all__ = ["bureau"]
