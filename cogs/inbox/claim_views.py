"""/fan claim, release, handover, and the buttons for when somebody else answers."""

from collections.abc import Awaitable, Callable

import discord

from bot.access.permits import Actor
from bot.access.policy import Action
from bot.discord.answers import Said, private, server_wish_of
from bot.discord.asking import asks, here
from bot.discord.bridge import Asked, ButtonHandlers, service
from bot.discord.confirming import confirmed
from bot.discord.discord_permissions import why_not_answer
from bot.engine.commands import CommandWish
from bot.features.inbox.claims.service import ClaimService
from bot.model.ports import Post
from cogs.inbox.reply_views import sends_alone
from cogs.inbox.snooze_views import with_times
from storage.records import DiscordId


async def claim(asked: Asked) -> None:
    """/fan claim."""
    await _answer(asked, service(asked, ClaimService).claim, snoozable=True)


async def release(asked: Asked) -> None:
    """/fan release."""
    await _answer(asked, service(asked, ClaimService).release)


async def hand_over(asked: Asked, member: discord.Member | discord.User) -> None:
    """/fan handover."""
    # The payload's ids, as in `bot.discord.asking.actor_of`.
    roles = member._roles if isinstance(member, discord.Member) else ()  # noqa: SLF001 - see above
    to = Actor(
        DiscordId(member.id), DiscordId(asked.guild_id or 0), frozenset(DiscordId(role) for role in roles)
    )
    hand_over = service(asked, ClaimService).hand_over
    await _answer(asked, lambda actor, channel: hand_over(actor, channel, to))


@asks(Action.ANSWER_ANYWAY, here, confirms=True)
async def take(asked: Asked, _ref: str) -> None:
    """The button [Take over]."""
    take_over, proof = service(asked, ClaimService).take, confirmed(asked)
    await _answer(asked, lambda _actor, channel: take_over(channel, proof), in_place=True)


async def begins(asked: Asked, wish: CommandWish, ref: str) -> bool:
    """Claim the fan for the member about to answer; False when they were shown somebody else's claim."""
    alone = sends_alone(asked)
    found = await service(asked, ClaimService).begin(wish.actor, wish.channel, ref, alone=alone)
    if found is None:
        return True
    shown = found

    async def deed() -> Said:
        return shown

    await private(asked, deed)
    return False


async def _answer(
    asked: Asked,
    deed: Callable[[DiscordId, DiscordId], Awaitable[Post | str]],
    *,
    in_place: bool = False,
    snoozable: bool = False,
) -> None:
    wish = server_wish_of(asked, why_not_answer(asked.permissions))
    actor, channel = wish.actor, wish.channel

    async def said() -> Said:
        found = await deed(actor, channel)
        return await with_times(asked, found) if snoozable and isinstance(found, str) else found

    await private(asked, said, in_place=in_place)


BUTTONS: ButtonHandlers = {
    "talk.take": take,
}
