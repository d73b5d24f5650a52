"""A bureau for every test that asks."""

from tests.features.money.ledger.conftest import bureau

__all__ = ["bureau"]
