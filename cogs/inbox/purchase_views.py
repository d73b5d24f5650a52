"""/fan items: what was sent to a fan and bought, to one member alone."""

from collections.abc import Mapping

from bot.access.policy import Action
from bot.discord.answers import ONLY_ON_A_SERVER, AnswerContent, private, tell, wish_of
from bot.discord.asking import permit_of
from bot.discord.bridge import Asked
from cogs.operations.problem_views import allowed
from storage.records import DiscordId


async def show_items(asked: Asked) -> None:
    """/fan items."""
    wish = wish_of(asked)
    if wish is None:
        await tell(asked, ONLY_ON_A_SERVER)
        return
    channel = wish.channel

    async def look() -> AnswerContent:
        return AnswerContent(await asked.client.uses.items.of(channel, await _names(asked)))

    await private(asked, look)


async def _names(asked: Asked) -> Mapping[str, str]:
    """What items are called in the vault, for whoever may look into it; else nothing."""
    permit, uses = permit_of(asked), asked.client.uses
    if permit.link is None or not allowed(Action.MEDIA, [permit]):
        return {}
    link = await uses.agency.through(permit.link, DiscordId(asked.user.id), "media")
    return await uses.media.names(link)
