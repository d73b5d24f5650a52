"""/inbox autosend: an owner lets drafts of programs leave without a press."""

from collections.abc import Mapping
from typing import Any, Final

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.answers import Said, in_place, private
from bot.discord.asking import asks, by_link, here_or_chosen, permit_of
from bot.discord.bridge import Asked, ButtonHandlers, service
from bot.discord.command_examples import example
from bot.discord.controls import also_in
from bot.features.operations.draft_rules import texts
from bot.features.operations.draft_rules.model import KINDS, LONGEST_WAIT, MOST
from bot.features.operations.draft_rules.setting import DraftRuleSetting, DraftRuleWish
from bot.model.draft_source import DraftKind

_KINDS: Final = [app_commands.Choice(name=words, value=kind.value) for kind, words in KINDS.items()]


class AutosendCog(commands.GroupCog, group_name="inbox"):
    """For whoever connected the creator."""

    @app_commands.command(name="autosend", description="Let drafts of programs be sent without a press.")
    @app_commands.describe(
        kind="Which drafts.",
        limit="How many a day. 0 turns it off.",
        begins="From when each day, like 22:00.",
        ends="Until when, like 08:00.",
        wait="Minutes in which your team can stop one; 5 unless you choose.",
    )
    @app_commands.rename(begins="from", ends="until")
    @app_commands.choices(kind=_KINDS)
    @example("/inbox autosend kind:Replies limit:20 from:22:00 until:08:00")
    @asks(Action.AUTOSEND, here_or_chosen)
    async def autosend(
        self,
        interaction: discord.Interaction[Any],
        kind: str,
        limit: app_commands.Range[int, 0, MOST] | None = None,
        begins: app_commands.Range[str, 1, 10] | None = None,
        ends: app_commands.Range[str, 1, 10] | None = None,
        wait: app_commands.Range[int, 1, LONGEST_WAIT] | None = None,
        creator: str | None = None,
    ) -> None:
        """What is new is asked about first."""

        async def deed() -> Said:
            wish = DraftRuleWish(DraftKind(kind), limit, begins, ends, wait)
            return await service(interaction, DraftRuleSetting).change(permit_of(interaction), wish)

        await private(interaction, deed)


@asks(Action.AUTOSEND, by_link)
async def allow(asked: Asked, _ref: str) -> None:
    """The button [Allow] under the question of /inbox autosend."""
    data: Mapping[str, Any] = asked.data or {}
    wanted = next(iter(also_in(data.get("custom_id"))), "")
    await in_place(asked, lambda: service(asked, DraftRuleSetting).allow(permit_of(asked), wanted))


BUTTONS: ButtonHandlers = {texts.ALLOW: allow}
