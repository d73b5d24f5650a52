"""Messages typed in fans' threads: their setting and their buttons."""

from typing import Any

import discord

from bot.access.policy import Action
from bot.discord.answers import Said, in_place, private, tell
from bot.discord.asking import actor_of, asks, here, permit_of, role_of
from bot.discord.bridge import Asked, ButtonHandlers, service
from bot.discord.channel_visibility import ChannelVisibility
from bot.discord.direct_requests import DirectRequests
from bot.discord.discord_permissions import why_not_read
from bot.features.inbox.message_replies.question_service import MessageQuestionService
from bot.features.inbox.message_replies.setting import MessageReplySetting
from bot.features.inbox.message_replies.stopped_message_service import StoppedMessageService
from bot.model.errors import TargetGone
from bot.model.language import tr
from bot.relay.typed_messages import ButtonPresser, Reads
from cogs.inbox.reply_views import answer_wish_of, sends_alone
from storage.records import DiscordId, EffectId


async def switch_typing(asked: Asked, state: str | None, inside: str | None) -> None:
    """/inbox typing."""
    permit, client = permit_of(asked), asked.client
    flags = client.application_flags
    granted = flags.gateway_message_content or flags.gateway_message_content_limited

    async def takes(forum: DiscordId) -> bool:
        """As Discord has told, or is asked where another process hears of the forum's server."""
        channel = client.get_channel(forum)
        if isinstance(channel, discord.abc.GuildChannel):
            return channel.permissions_for(channel.guild.me).manage_messages
        return await ChannelVisibility(client).takes_messages(forum)

    async def deed() -> Said:
        on = None if state is None else state == "on"
        return await service(asked, MessageReplySetting).switch(
            permit, on=on, inside=inside, granted=granted, takes=takes
        )

    await private(asked, deed)


@asks(Action.REPLY, here)
async def send_typed(asked: Asked, ref: str) -> None:
    """The button [Send] under a question about what somebody typed."""
    by = await _presser(asked, ref)
    if by is not None:
        pressing, reads = service(asked, MessageQuestionService), reading(asked.client.direct)
        await in_place(asked, lambda: pressing.send(by, EffectId(ref), reads))


@asks(Action.REPLY, here)
async def keep_typed(asked: Asked, ref: str) -> None:
    """The button [Keep inside]."""
    by = await _presser(asked, ref)
    if by is not None:
        await in_place(asked, lambda: service(asked, MessageQuestionService).keep_inside(EffectId(ref)))


@asks(Action.REPLY, here)
async def look_at_typed(asked: Asked, ref: str) -> None:
    """The button [Look]: why it did not leave, for its writer alone."""
    by = await _presser(asked, ref)
    if by is None:
        return
    looking, reads = service(asked, StoppedMessageService), reading(asked.client.direct)
    await private(asked, lambda: looking.look(by, EffectId(ref), reads))


def reading(direct: DirectRequests) -> Reads:
    """Reads the text of one message."""

    async def read(channel: DiscordId, message: DiscordId) -> str | None:
        try:
            found: Any = await direct.call(
                "GET", f"/channels/{channel}/messages/{message}", place=f"<#{channel}>"
            )
        except TargetGone:
            return None
        return str(found.get("content") or "")

    return read


async def _presser(asked: Asked, ref: str) -> ButtonPresser | None:
    """The presser; None when they have been told why they may not."""
    wish = answer_wish_of(asked)
    by = ButtonPresser(
        by=actor_of(asked),
        name=wish.actor_name,
        channel=wish.channel,
        role=role_of(asked),
        alone=sends_alone(asked),
        reads=why_not_read(asked.permissions) is None,
    )
    if await service(asked, MessageQuestionService).theirs(by, EffectId(ref)):
        return by
    await tell(asked, tr("Only the person who typed this can press it."))
    return None


BUTTONS: ButtonHandlers = {
    "typed.send": send_typed,
    "typed.inside": keep_typed,
    "typed.look": look_at_typed,
}
