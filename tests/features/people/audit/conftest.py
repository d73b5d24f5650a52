"""A fresh database for each test, of each kind: two creators, one fan."""

from tests.features.operations.keys.test_command import environ
from tests.storage.conftest import database, known, url

__all__ = ["database", "environ", "known", "url"]
