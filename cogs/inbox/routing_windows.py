"""The window in which a lead says who is offered which fans first."""

from collections.abc import Mapping
from typing import Any

import discord
from discord import ui

from bot.access.policy import Action
from bot.discord.asking import asks, by_link, permit_of
from bot.discord.bridge import Asked, ButtonHandlers, WindowHandlers, service
from bot.discord.membership import GuildMembership
from bot.discord.windows import open_window
from bot.features.inbox.routing import texts
from bot.features.inbox.routing.input_rules import typed_in_window
from bot.features.inbox.routing.service import RoutingService
from bot.model.language import msgid
from cogs.inbox.routing_views import show_panel

_CONDITIONS = [discord.SelectOption(label=words, value=one.value) for one, words in texts.CONDITIONS.items()]


class RoutingRuleWindow(ui.Modal, title=msgid("Offer fans to someone first")):
    """Its custom_id names the creator's link."""

    when: ui.Label[Any] = ui.Label(
        text=msgid("Which fans?"), component=ui.Select(custom_id="when", options=_CONDITIONS, required=True)
    )
    value: ui.Label[Any] = ui.Label(
        text=msgid("Tag, list, language, days or amount"),
        description=msgid("For example German, 7 or $100. Leave it empty for the tag vip and for every fan."),
        component=ui.TextInput(custom_id="value", max_length=100, required=False),
    )
    role: ui.Label[Any] = ui.Label(
        text=msgid("To a role, whose members take turns"),
        component=ui.RoleSelect(custom_id="role", min_values=0, required=False),
    )
    member: ui.Label[Any] = ui.Label(
        text=msgid("Or to one member"),
        component=ui.UserSelect(custom_id="member", min_values=0, required=False),
    )
    minutes: ui.Label[Any] = ui.Label(
        text=msgid("Minutes until everyone is offered the fan"),
        component=ui.TextInput(custom_id="minutes", max_length=2, required=True, default="5"),
    )

    def __init__(self, ref: str) -> None:
        super().__init__(custom_id=f"v1:{texts.ADD}:{ref}")
        self.stop()  # as in `cogs.inbox.reply_windows`


@asks(Action.ROUTING, by_link)
async def rule_window(asked: Asked, ref: str) -> None:
    """The button [Add a rule]."""
    await open_window(asked, RoutingRuleWindow(ref))


@asks(Action.ROUTING, by_link)
async def submitted_rule(asked: Asked, _ref: str, fields: Mapping[str, str]) -> None:
    """The panel shows it then, or why it was not added."""
    permit, routing = permit_of(asked), service(asked, RoutingService)
    members = GuildMembership(asked.client.direct)
    await show_panel(asked, lambda: routing.add(permit, typed_in_window(fields), members), in_place=True)


BUTTONS: ButtonHandlers = {
    texts.ADD: rule_window,
}
WINDOWS: WindowHandlers = {
    texts.ADD: submitted_rule,
}
