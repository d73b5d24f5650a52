"""What every run of the tests ends with."""

import pytest

from tests import postgres


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Leave no database behind."""
    postgres.drop_all()
