"""A desk's collections."""

from bot.features.publishing.posts.collection_suggestions import CollectionSuggestions
from tests.discord.desk import Desk, DeskServices
from tests.discord.desk_suggested import DeskSuggested


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {CollectionSuggestions: DeskSuggested()}
