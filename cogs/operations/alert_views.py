"""/settings alerts, and the button under an alert: rules made, shown, explained."""

from typing import Any

import discord

from bot.access.permits import Access
from bot.access.policy import Action
from bot.discord.answers import private, tell
from bot.discord.asking import Given, Options, Resolved, actor_of, asks, permit_of, permits_of
from bot.discord.bridge import Asked, ButtonHandlers, service
from bot.discord.discord_permissions import why_not_post
from bot.features.operations.alerts.explanation_service import AlertExplanationService
from bot.features.operations.alerts.service import AlertRuleService
from bot.model.language import msgid, tr
from bot.relay.alerts import AlertChoice
from bot.text.price_input import NotAPrice, cents_of
from storage.records import DiscordId

_NO_AMOUNT = msgid("“{typed}” is not an amount. Write dollars, for example 50. No changes made.")
_ROLE_OR_MEMBER = msgid("Choose a role or a member to mention, not both. No changes made.")
Whom = discord.Role | discord.Member | discord.User


async def anybody(asked: Asked, action: Action, _given: Given, _options: Options) -> Resolved:
    """About no creator, also in private messages: the alert's owner is looked up with it."""
    found = await service(asked, Access).authorize(actor_of(asked), action)
    return [] if found is None else [found]


async def for_creator(asked: Asked, typed: AlertChoice, amount: str | None, channel: Any) -> None:
    """/settings alerts creator."""
    wanted = await _complete(asked, typed, amount, channel)
    if wanted is not None:
        await private(asked, lambda: _setting(asked).for_creator(permit_of(asked), wanted))


async def for_team(asked: Asked, typed: AlertChoice, amount: str | None) -> None:
    """/settings alerts team."""
    wanted = await _complete(asked, typed, amount)
    if wanted is not None:
        await private(asked, lambda: _setting(asked).for_team(permits_of(asked), wanted))


async def for_me(asked: Asked, typed: AlertChoice, amount: str | None, *, about_one: bool) -> None:
    """/settings alerts mine."""
    wanted = await _complete(asked, typed, amount)
    if wanted is not None:
        permits = permits_of(asked)
        await private(asked, lambda: _setting(asked).for_me(permits, wanted, about_one=about_one))


async def show_rules(asked: Asked) -> None:
    """/settings alerts show."""
    await private(asked, lambda: service(asked, AlertExplanationService).show(permits_of(asked)))


@asks(Action.ALERT_WHY, anybody)
async def why(asked: Asked, ref: str) -> None:
    """The button [Why did I get this?] under an alert, in a channel or in private messages."""
    asking, actor = service(asked, AlertExplanationService), actor_of(asked)
    await private(asked, lambda: asking.why(actor, ref), anywhere=True)


def mentioned(role: discord.Role | None, member: Whom | None) -> tuple[str, DiscordId] | None:
    """The role or member to mention."""
    if role is not None:
        return "role", DiscordId(role.id)
    return ("member", DiscordId(member.id)) if member is not None else None


async def _complete(
    asked: Asked, typed: AlertChoice, amount: str | None, channel: Any = None
) -> AlertChoice | None:
    """Add the amount and the channel; None: the fault in them was said."""
    try:
        cents = cents_of(amount)
    except NotAPrice:
        await tell(asked, tr(_NO_AMOUNT, typed=discord.utils.escape_markdown((amount or "")[:20])))
        return None
    refusal = why_not_there(asked, channel) if channel is not None else None
    if refusal is not None:
        await tell(asked, refusal)
        return None
    place = DiscordId(channel.id) if channel is not None else None
    return AlertChoice(**{**vars(typed), "cents": cents, "channel": place})


def why_not_there(asked: Asked, channel: discord.TextChannel) -> str | None:
    """The reason not to post into a channel for this person; None when they may, and the bot can."""
    if asked.guild is None or not isinstance(asked.user, discord.Member):
        return tr("The bot is still getting to know this server. Please try again in a moment.")
    return why_not_post(
        member=channel.permissions_for(asked.user), bot=channel.permissions_for(asked.guild.me)
    )


def _setting(asked: Asked) -> Any:
    return service(asked, AlertRuleService)


BUTTONS: ButtonHandlers = {
    "alert.why": why,
}
