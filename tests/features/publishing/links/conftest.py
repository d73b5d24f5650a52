"""The studio of posts, with a manager beside its owner."""

from tests.features.publishing.post_management.conftest import studio

__all__ = ["studio"]
