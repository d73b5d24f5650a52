"""/team audit: who did what for a creator, for whom, and what became of it."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.asking import asks, here_or_chosen
from bot.discord.command_examples import example
from bot.features.people.audit.action_texts import DENIED, KINDS
from cogs.people.audit_views import offer_fans, show_audit

_SINCE = {"today and yesterday": 2, "7 days": 7, "30 days": 30, "90 days": 90}


class AuditCog(commands.GroupCog, group_name="team"):
    """The record, read by those who may."""

    @app_commands.command(
        name="audit", description=("Show who did what, for which fan, and with what result.")
    )
    @app_commands.describe(
        member="Only what this member did.",
        action="Only actions of this kind.",
        fan="Only actions for this fan. In a fan's thread it is that fan automatically.",
        since="Only actions in this time.",
        creator="Which creator it is about.",
    )
    @app_commands.choices(
        action=[app_commands.Choice(name=kind, value=kind) for kind in (*KINDS, DENIED)],
        since=[app_commands.Choice(name=name, value=str(days)) for name, days in _SINCE.items()],
    )
    @example("/team audit member:@Anna since:7 days")
    @asks(Action.AUDIT, here_or_chosen)
    async def audit(
        self,
        interaction: discord.Interaction[Any],
        member: discord.Member | discord.User | None = None,
        action: app_commands.Choice[str] | None = None,
        fan: str | None = None,
        since: app_commands.Choice[str] | None = None,
        creator: str | None = None,
    ) -> None:
        """Shown to the asking person alone."""
        await show_audit(
            interaction,
            member=member,
            kind=action.value if action is not None else None,
            fan=fan,
            days=int(since.value) if since is not None else None,
        )

    audit.autocomplete("fan")(offer_fans)
