"""A bureau whose ledger may ask Fanvue as often as it likes."""

from tests.earnings.conftest import bureau

__all__ = ["bureau"]
