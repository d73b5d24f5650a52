"""/team sent, /team blocked: sent and stopped messages, for leads."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.asking import asks
from bot.discord.command_examples import example
from bot.discord.optional_creator import each_or_chosen
from bot.model.language import msgid
from bot.relay.review_wishes import SentRepliesOrder, SentRepliesWish, StoppedRepliesWish
from cogs.people.review_history_views import creator_chosen, show_blocked, show_sent
from storage.records import DiscordId

_LONGEST = 10_080  # minutes: a week
_PERIODS = {"the last 24 hours": "1", "the last 7 days": "7", "the last 30 days": "30"}
_ORDERS = {
    "newest first": SentRepliesOrder.NEWEST,
    "slowest first": SentRepliesOrder.SLOWEST,
    "highest price first": SentRepliesOrder.PRICE,
}
_PRICES = {"only with a price": "yes", "only without a price": "no"}
_WHAT = {
    "payment outside Fanvue": "guard.payment",
    "contacts outside Fanvue": "guard.contacts",
    "meeting in person": "guard.meeting",
    "minors": "guard.age",
    "who is writing": "guard.presence",
    "words your team forbids": "guard.words",
    "returned by a lead": "reply.return",
    "edited by a lead": "reply.approve_edited",
}
_ABOUT = {
    "member": msgid("Only what this member wrote."),
    "period": msgid("How far back. Leave empty for the last 7 days."),
    "as_file": msgid("Also as a CSV file, for you alone."),
    "creator": msgid("Only this creator. Leave empty for all you lead here."),
}
_PERIOD_CHOICES = [app_commands.Choice(name=name, value=days) for name, days in _PERIODS.items()]


class ReviewHistoryCog(commands.GroupCog, group_name="team"):
    """What was sent and what was stopped, read by leads."""

    @app_commands.command(
        name="sent", description="Show what was sent to fans, by whom and how fast, only to you."
    )
    @app_commands.describe(
        price="Only with a price, or only without one.",
        slower="Only replies the fan waited at least this many minutes for.",
        order="What comes first. Leave empty for the newest.",
        **_ABOUT,
    )
    @app_commands.choices(
        price=[app_commands.Choice(name=name, value=value) for name, value in _PRICES.items()],
        order=[app_commands.Choice(name=name, value=one.value) for name, one in _ORDERS.items()],
        period=_PERIOD_CHOICES,
    )
    @example("/team sent member:@Anna order:slowest first period:{period}", period=msgid("the last 7 days"))
    @asks(Action.REVIEW_SENT, each_or_chosen)
    async def sent(  # noqa: PLR0913, PLR0917 - one for each option of the command
        self,
        interaction: discord.Interaction[Any],
        member: discord.Member | discord.User | None = None,
        price: str | None = None,
        slower: app_commands.Range[int, 0, _LONGEST] | None = None,
        order: str = SentRepliesOrder.NEWEST.value,
        period: str = "7",
        as_file: bool = False,  # noqa: FBT001, FBT002 - how discord.py asks for a yes or no
        creator: str | None = None,
    ) -> None:
        """Shown to the asking person alone."""
        wish = SentRepliesWish(
            creator=creator_chosen(interaction, creator),
            member=DiscordId(member.id) if member is not None else None,
            priced=None if price is None else price == "yes",
            slower=slower,
            days=int(period),
            order=SentRepliesOrder(order),
        )
        await show_sent(interaction, wish, as_file=as_file)

    @app_commands.command(
        name="blocked", description="Show what was stopped, returned or edited, only to you."
    )
    @app_commands.describe(what="Only what the guard found here, or what a lead did.", **_ABOUT)
    @app_commands.choices(
        what=[app_commands.Choice(name=name, value=value) for name, value in _WHAT.items()],
        period=_PERIOD_CHOICES,
    )
    @example("/team blocked member:@Anna what:payment outside Fanvue")
    @asks(Action.REVIEW_BLOCKED, each_or_chosen)
    async def blocked(
        self,
        interaction: discord.Interaction[Any],
        member: discord.Member | discord.User | None = None,
        what: str | None = None,
        period: str = "7",
        as_file: bool = False,  # noqa: FBT001, FBT002 - how discord.py asks for a yes or no
        creator: str | None = None,
    ) -> None:
        """Shown to the asking person alone."""
        wish = StoppedRepliesWish(
            creator=creator_chosen(interaction, creator),
            member=DiscordId(member.id) if member is not None else None,
            what=what,
            days=int(period),
        )
        await show_blocked(interaction, wish, as_file=as_file)
