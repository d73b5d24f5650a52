"""The command by which a draft leaves: as if its rule's owner had given it."""

from bot.engine.commands import TYPED, CommandWish
from bot.features.operations.draft_rules import texts
from bot.model.language import tr
from storage.records import DiscordId, DraftId


def rule_wish(draft: DraftId, by: DiscordId, guild: DiscordId, channel: DiscordId) -> CommandWish:
    """A second one for the same draft is the first one again."""
    return CommandWish(
        interaction=f"{TYPED}rule:{draft}",
        actor=by,
        actor_name=tr(texts.RULE),
        guild=guild,
        channel=channel,
        token="",
    )
