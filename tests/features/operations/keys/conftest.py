"""A database of each kind for every test of keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import postgres
from tests.database_place import with_schema


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where it is or will be."""
    if request.param == "sqlite":
        yield with_schema(f"sqlite:///{tmp_path}/bridge.sqlite3")
        return
    with postgres.emptied() as made:
        yield made
