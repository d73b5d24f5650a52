"""Where a draft of a mass message is sealed for (pure)."""

from storage.records import CreatorId


def place_of(composition: str, creator: CreatorId) -> str:
    """What its content is sealed for."""
    return f"compositions|body|{composition}|{creator}"
