"""The place a mass message's draft is sealed for (pure)."""

from storage.records import CreatorId


def place_of(composition: str, creator: CreatorId) -> str:
    """The place its content is sealed for."""
    return f"compositions|body|{composition}|{creator}"
