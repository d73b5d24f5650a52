"""One linked and running bridge for all of these tests."""

from tests.features.operations.api_keys.conftest import house, program

__all__ = ["house", "program"]
