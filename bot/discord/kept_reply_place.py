"""A kept reply is for a fan, wherever its buttons are pressed."""

from bot.access.policy import Action
from bot.access.subjects import ActionSubjectFinder
from bot.discord.answers import ONLY_ON_A_SERVER
from bot.discord.asking import Given, Options, Resolved, here, permit_about
from bot.discord.bridge import PLACE, Asked, service
from bot.model.language import tr
from storage.records import DiscordId


async def of_kept_reply(asked: Asked, action: Action, given: Given, options: Options) -> Resolved:
    """About the fan whom a kept reply is for: a list may show it outside of their thread."""
    if asked.guild_id is None:
        return tr(ONLY_ON_A_SERVER)
    found = await service(asked, ActionSubjectFinder).of_kept_reply(str(given[1]), DiscordId(asked.guild_id))
    if found is None:
        return await here(asked, action, given, options)
    asked.extras[PLACE] = found.thread
    return await permit_about(asked, action, found)
