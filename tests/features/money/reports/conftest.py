"""A bureau whose ledger may ask Fanvue as often as it likes."""

from tests.features.money.ledger.conftest import bureau

__all__ = ["bureau"]
