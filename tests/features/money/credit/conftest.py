"""A database of each kind."""

from tests.storage.conftest import database, known, url

__all__ = ["database", "known", "url"]
