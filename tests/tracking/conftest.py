"""The studio of posts, with a manager beside its owner."""

from tests.feed.conftest import studio

__all__ = ["studio"]
