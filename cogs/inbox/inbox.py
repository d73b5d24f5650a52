"""/inbox: who waits, and how a team answers."""

import asyncio
from typing import Any, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.asking import asks, each, here_or_chosen, nobody
from bot.discord.command_examples import example
from bot.features.inbox.pings.service import TypedPings
from bot.features.inbox.pings.texts import MODES
from bot.features.inbox.routing.rules import LONGEST
from bot.features.inbox.routing.texts import CONDITIONS
from bot.text.time_zones import zones_like
from cogs.inbox.board_views import show_waiting
from cogs.inbox.holding_views import hold_replies
from cogs.inbox.message_reply_views import switch_typing
from cogs.inbox.ping_views import set_pings
from cogs.inbox.routing_views import Whom, offer_values, route
from cogs.inbox.scheduled_views import show_scheduled
from cogs.operations.problem_views import show_list

_LONGEST_HOLD = 60


class InboxCog(commands.GroupCog, group_name="inbox"):
    @app_commands.command(name="waiting", description="Show waiting fans, the most urgent first.")
    @example("/inbox waiting")
    @asks(Action.INBOX, each)
    async def waiting(self, interaction: discord.Interaction[Any]) -> None:
        """Shown to the asking person alone, about all creators of this server whose team they are in."""
        await show_waiting(interaction)

    @app_commands.command(name="scheduled", description="Show scheduled replies, and cancel one.")
    @example("/inbox scheduled")
    @asks(Action.INBOX, each)
    async def scheduled(self, interaction: discord.Interaction[Any]) -> None:
        """One's own, and everybody's where one leads; shown to the asking person alone."""
        await show_scheduled(interaction)

    @app_commands.command(name="problems", description="Show what needs your attention, and settle it.")
    @example("/inbox problems")
    @asks(Action.PROBLEMS, each)
    async def problems(self, interaction: discord.Interaction[Any]) -> None:
        """Shown to the asking person alone; only what they may settle is listed."""
        await show_list(interaction)

    @app_commands.command(name="pings", description="Choose which fan messages make your phone ring.")
    @app_commands.describe(
        mode="Which messages.",
        quiet_from="From this time of day you get no pings, for example 22:00.",
        quiet_to="Until this time of day, for example 8:00.",
        zone="Your time zone, if different from the creator's.",
    )
    @app_commands.choices(
        mode=[app_commands.Choice(name=words, value=mode.value) for mode, words in MODES.items()]
    )
    @example("/inbox pings mode:Every new conversation quiet_from:22:00 quiet_to:8:00")
    @asks(Action.PINGS, here_or_chosen)
    async def pings(
        self,
        interaction: discord.Interaction[Any],
        mode: str | None = None,
        quiet_from: str | None = None,
        quiet_to: str | None = None,
        zone: str | None = None,
        creator: str | None = None,
    ) -> None:
        """Off unless a member chooses; without a choice it says what is set."""
        await set_pings(interaction, TypedPings(mode, quiet_from, quiet_to, zone))

    @pings.autocomplete("zone")
    @asks(Action.CHOOSE_ZONE, nobody, offers=True)
    async def choose_zone(
        self, _interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        """Zones by their IANA names; the first time the names are read from files."""
        names = await asyncio.to_thread(zones_like, current)
        return [app_commands.Choice(name=name, value=name) for name in names]

    @app_commands.command(name="routing", description="Choose who is offered a waiting fan first.")
    @app_commands.describe(
        when="Which fans. Leave empty to see the rules.",
        value="The tag, the list, the language, the number of days, or the amount.",
        offer_to="The member, or the role whose members take turns.",
        minutes="After how many minutes everyone is offered the fan: 5 unless you say otherwise.",
    )
    @app_commands.choices(
        when=[app_commands.Choice(name=words, value=one.value) for one, words in CONDITIONS.items()]
    )
    @example("/inbox routing when:The fan is new value:7 offer_to:@Starters")
    @asks(Action.ROUTING, here_or_chosen)
    async def routing(
        self,
        interaction: discord.Interaction[Any],
        when: str | None = None,
        value: app_commands.Range[str, 1, 100] | None = None,
        offer_to: Whom | None = None,
        minutes: app_commands.Range[int, 1, LONGEST] | None = None,
        creator: str | None = None,
    ) -> None:
        """Nobody is forced: anyone who may answer a fan may do so at any time."""
        await route(interaction, when, value, offer_to, minutes)

    routing.autocomplete("value")(offer_values)

    @app_commands.command(name="hold", description="Hold replies for a few seconds so you can cancel them.")
    @app_commands.describe(
        seconds="Seconds before each reply is sent; 0: none. Leave empty to see the current setting.",
    )
    @example("/inbox hold seconds:10")
    @asks(Action.HOLD, here_or_chosen)
    async def hold(
        self,
        interaction: discord.Interaction[Any],
        seconds: app_commands.Range[int, 0, _LONGEST_HOLD] | None = None,
        creator: str | None = None,
    ) -> None:
        """Off unless somebody sets it."""
        await hold_replies(interaction, seconds)

    @app_commands.command(name="typing", description="Send what is typed in the threads to the fans.")
    @app_commands.describe(
        state=(
            "on: typing answers the fan. off: only /reply and Reply. Leave empty to see the current setting."
        ),
        inside="What a message starts with to stay inside; // unless you choose.",
    )
    @example("/inbox typing state:on")
    @asks(Action.TYPING, here_or_chosen)
    async def typing(
        self,
        interaction: discord.Interaction[Any],
        state: Literal["on", "off"] | None = None,
        inside: app_commands.Range[str, 1, 5] | None = None,
        creator: str | None = None,
    ) -> None:
        """Off unless somebody switches it on."""
        await switch_typing(interaction, state, inside)
