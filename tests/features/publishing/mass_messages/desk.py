"""A desk's lists of fans."""

from bot.features.publishing.mass_messages.feature import AudienceListSuggestions
from tests.discord.desk import Desk, DeskServices
from tests.discord.desk_suggested import DeskSuggested


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {AudienceListSuggestions: DeskSuggested()}
