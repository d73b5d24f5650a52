"""A database with two creators and a fan."""

from tests.storage.conftest import database, known, url

__all__ = ["database", "known", "url"]
