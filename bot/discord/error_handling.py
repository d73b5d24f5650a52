"""The start of a handler, and the end of a broken one: a word, and a log line."""

import logging
import traceback
from collections.abc import Awaitable, Callable
from contextlib import suppress

import discord

from bot.discord.answers import UNCLEAR, beside, refuse, tell
from bot.discord.bridge import Asked
from bot.engine.audit_log import AuditOrigin, acting
from bot.model.language import closest, msgid, speak, tr
from storage.engine.write_watch import may_have_written, watch_writes
from storage.errors import DatabaseUnreachable
from storage.records import DiscordId

log = logging.getLogger(__name__)

SORRY = msgid(
    "Something went wrong in the bridge; the details are in its log. Please check the "
    "thread before you try again."
)
AWAY = msgid(
    "We can't reach the bridge's database right now, so this was not done. Please try again in a few seconds."
)
UNSURE = msgid(
    "We lost the bridge's database on the way, so we don't know if all of this was done. "
    "Please check what is there before you try again."
)
_ANSWERED = 40060  # Discord: this interaction has already been acknowledged
_IN_PLACE = discord.InteractionResponseType.deferred_message_update


async def begin_act(asked: Asked) -> None:
    """Attribute all from here on to this interaction, and say it in its member's language."""
    watch_writes()
    acting(
        AuditOrigin(
            actor=DiscordId(asked.user.id),
            interaction=str(asked.id),
            guild=DiscordId(asked.guild_id) if asked.guild_id is not None else None,
            channel=DiscordId(asked.channel_id) if asked.channel_id is not None else None,
            message=DiscordId(asked.message.id) if asked.message is not None else None,
        )
    )
    locale = asked.locale.value
    speak(
        await asked.client.context.language(DiscordId(asked.user.id), locale),
        commands=closest(locale),
    )


async def explain(asked: Asked, sentence: str) -> None:
    """Tell or show, whichever is still possible; when neither is, the member saw Discord's own words."""
    with suppress(*UNCLEAR):
        if not asked.response.is_done():
            await tell(asked, sentence)
        elif asked.response.type is _IN_PLACE:
            await beside(asked, sentence)  # its buttons may still be needed
        else:
            await refuse(asked, sentence)


async def apologise(asked: Asked, error: BaseException) -> None:
    """The end of a command that broke: the log gets the place, never the values; the member gets words."""
    if isinstance(error, DatabaseUnreachable):
        log.warning("an interaction met no database")
        await explain(asked, tr(UNSURE if may_have_written() else AWAY))
        return
    if _is_repeat(error):
        log.info("an interaction came a second time")
        return
    places = "".join(traceback.format_tb(error.__traceback__))
    log.error("an interaction failed with %s\n%s", type(error).__name__, places)
    await explain(asked, tr(SORRY))


def _is_repeat(error: BaseException) -> bool:
    """Whether Discord says that this interaction was answered: it was delivered twice, and one was enough."""
    return isinstance(error, discord.HTTPException) and error.code == _ANSWERED


async def guarded(asked: Asked, handler: Callable[[], Awaitable[None]]) -> None:
    """Run the handler of a button or modal; its errors end here, as a command's end in the tree."""
    await asked.client.context.sure()
    await begin_act(asked)
    try:
        refusal = None if asked.guild_id is None else asked.client.context.unserved(DiscordId(asked.guild_id))
        if refusal is not None:
            await explain(asked, refusal)
        else:
            await handler()
    except asked.client.context.refusals as refused:
        await explain(asked, str(refused))
    except Exception as error:  # noqa: BLE001 - the command-error handler of buttons and modals
        await apologise(asked, error)
