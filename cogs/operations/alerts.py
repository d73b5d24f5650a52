"""/settings alerts mine, creator, team, show: who is told of what, and where."""

import asyncio
from typing import Any, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.asking import asks, each, here_or_chosen, nobody
from bot.discord.command_examples import example
from bot.discord.optional_creator import each_or_chosen
from bot.relay.alerts import AlertChoice
from bot.text.time_zones import zones_like
from cogs.operations.alert_views import for_creator, for_me, for_team, mentioned, show_rules

_Kind = Literal[
    "everything",
    "subscriber",
    "renewal",
    "renewal-off",
    "expiry",
    "follower",
    "tip",
    "purchase",
    "refund",
    "dispute",
    "warning",
    "plan",
    "payout",
    "goal",
    "top-spender-online",
    "sign-in",
    "live-events",
]
_State = Literal["on", "off", "usual"]
_STATE = "on, off, or usual (remove this rule)."
_AMOUNT = "Only from this amount, in dollars, for example 50. 0: any."
_FROM = "From this time of day we hold alerts back, for example 22:00."
_TO = "Until this time of day, for example 8:00."
_VIPS = "on: alerts about fans with the tag vip also come in quiet hours."

# What every rule takes, and what one about a channel takes besides.
_of_each = app_commands.describe(
    kind="What happens.", state=_STATE, from_amount=_AMOUNT, quiet_from=_FROM, quiet_to=_TO, vips=_VIPS
)
_of_a_channels = app_commands.describe(role="A role to mention.", member="A member to mention.")


class AlertsCog(commands.GroupCog, group_name="settings"):
    """Rules of alerts, on four levels."""

    alerts = app_commands.Group(name="alerts", description="Notifications.")

    @alerts.command(name="mine", description="Get private alerts about what happens.")
    @_of_each
    @app_commands.describe(
        zone="Your time zone for these, for example Europe/Berlin. Leave empty for the creator's.",
        creator="Only this creator. Leave empty for every creator here whose chats you may read.",
    )
    @example(
        "/settings alerts mine kind:tip from_amount:50 quiet_from:22:00 quiet_to:8:00 zone:Europe/Berlin"
    )
    @asks(Action.ALERTS_MINE, each_or_chosen)
    async def mine(  # noqa: PLR0913, PLR0917 - one parameter for each option
        self,
        interaction: discord.Interaction[Any],
        kind: _Kind,
        state: _State | None = None,
        from_amount: app_commands.Range[str, 1, 20] | None = None,
        quiet_from: app_commands.Range[str, 1, 10] | None = None,
        quiet_to: app_commands.Range[str, 1, 10] | None = None,
        zone: str | None = None,
        vips: Literal["on", "off"] | None = None,
        creator: str | None = None,
    ) -> None:
        """Whether somebody still may is asked again each time that something is told."""
        typed = AlertChoice(
            kind, state, quiet_from=quiet_from, quiet_to=quiet_to, zone=zone, vips=_switched(vips)
        )
        await for_me(interaction, typed, from_amount, about_one=creator is not None)

    @alerts.command(name="creator", description="Set one creator's alerts, and their channel.")
    @_of_each
    @_of_a_channels
    @app_commands.describe(
        channel="Which channel. Everyone who reads it sees fans' names, and figures as you see them.",
    )
    @example("/settings alerts creator kind:refund channel:#refunds role:@managers")
    @asks(Action.ALERTS_SET, here_or_chosen)
    async def creator(  # noqa: PLR0913, PLR0917 - one parameter for each option
        self,
        interaction: discord.Interaction[Any],
        kind: _Kind,
        state: _State | None = None,
        channel: discord.TextChannel | None = None,
        from_amount: app_commands.Range[str, 1, 20] | None = None,
        role: discord.Role | None = None,
        member: discord.Member | None = None,
        quiet_from: app_commands.Range[str, 1, 10] | None = None,
        quiet_to: app_commands.Range[str, 1, 10] | None = None,
        vips: Literal["on", "off"] | None = None,
        creator: str | None = None,
    ) -> None:
        """It goes before the team's rule."""
        typed = AlertChoice(
            kind,
            state,
            mention=mentioned(role, member),
            quiet_from=quiet_from,
            quiet_to=quiet_to,
            vips=_switched(vips),
        )
        await for_creator(interaction, typed, from_amount, channel)

    @alerts.command(name="team", description="Set the alerts of all creators on this server.")
    @_of_each
    @_of_a_channels
    @example("/settings alerts team kind:follower state:off")
    @asks(Action.ALERTS_SET, each)
    async def team(  # noqa: PLR0913, PLR0917 - one parameter for each option
        self,
        interaction: discord.Interaction[Any],
        kind: _Kind,
        state: _State | None = None,
        from_amount: app_commands.Range[str, 1, 20] | None = None,
        role: discord.Role | None = None,
        member: discord.Member | None = None,
        quiet_from: app_commands.Range[str, 1, 10] | None = None,
        quiet_to: app_commands.Range[str, 1, 10] | None = None,
        vips: Literal["on", "off"] | None = None,
    ) -> None:
        """Each in their own alerts channel; a creator's own rule goes before it."""
        typed = AlertChoice(
            kind,
            state,
            mention=mentioned(role, member),
            quiet_from=quiet_from,
            quiet_to=quiet_to,
            vips=_switched(vips),
        )
        await for_team(interaction, typed, from_amount)

    @alerts.command(name="show", description="Show the alert rules here, and yours.")
    @example("/settings alerts show")
    @asks(Action.ALERTS, each)
    async def show(self, interaction: discord.Interaction[Any]) -> None:
        """Shown to the asking person alone."""
        await show_rules(interaction)

    @mine.autocomplete("zone")
    @asks(Action.CHOOSE_ZONE, nobody, offers=True)
    async def choose_zone(
        self, _interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        """Zones by their IANA names; the first time the names are read from files."""
        names = await asyncio.to_thread(zones_like, current)
        return [app_commands.Choice(name=name, value=name) for name in names]


def _switched(state: str | None) -> bool | None:
    return None if state is None else state == "on"
