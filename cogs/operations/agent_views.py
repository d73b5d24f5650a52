"""The question whether an agent is connected: its buttons and its window."""

from collections.abc import Mapping
from typing import Any

import discord
from discord import ui

from bot.access.policy import Action
from bot.access.subjects import ActionSubject
from bot.discord.answers import in_place, tell
from bot.discord.asking import Given, Options, Resolved, asks, permit_about, permit_of
from bot.discord.bridge import Asked, ButtonHandlers, WindowHandlers, service
from bot.discord.windows import open_window
from bot.features.operations.agent_sign_in import texts
from bot.features.operations.agent_sign_in.consent_service import AgentConsentService
from bot.features.operations.api_keys.key_rules import ApiKeyNotUnderstood
from bot.model.language import msgid, tr


class AgentWindow(ui.Modal, title=msgid("What the agent gets")):
    """A select for each choice. Its custom_id is all that the bridge needs to take it back."""

    def __init__(self, ref: str, scopes: Mapping[str, str]) -> None:
        super().__init__(custom_id=f"v1:{texts.YES}:{ref}")
        for name, title, words, usual in (
            ("role", texts.ROLE, texts.ROLES, "viewer"),
            ("scope", texts.SCOPE, scopes, "data"),
            ("days", texts.DAYS, texts.ends(), texts.USUAL_END),
        ):
            options = [
                discord.SelectOption(label=tr(label), value=value, default=value == usual)
                for value, label in words.items()
            ]
            needed = name == "role"  # left out, the others are as usual
            select: ui.Select[Any] = ui.Select(
                custom_id=name, options=options, min_values=int(needed), required=needed
            )
            self.add_item(ui.Label(text=title, component=select))
        self.stop()  # as with every window here: `submitted` needs no memory of it


async def by_offer(asked: Asked, action: Action, given: Given, _options: Options) -> Resolved:
    """About the creator about whom the question was asked."""
    creator = await service(asked, AgentConsentService).creator(str(given[1]))
    return tr(texts.OVER) if creator is None else await permit_about(asked, action, ActionSubject(creator))


@asks(Action.API_KEYS, by_offer)
async def choose(asked: Asked, ref: str) -> None:
    """The button [Connect]: a window, in which nothing is done yet."""
    widest = await service(asked, AgentConsentService).widest(permit_of(asked), ref)
    if widest is None:
        await tell(asked, tr(texts.OVER))
        return
    await open_window(asked, AgentWindow(ref, texts.scopes(widest)))


@asks(Action.API_KEYS, by_offer)
async def connect(asked: Asked, ref: str, fields: Mapping[str, str]) -> None:
    """The window: the agent gets a key of its own. What cannot be leaves the question as it is."""
    agents = service(asked, AgentConsentService)
    try:
        wish = texts.wish_of(fields)
    except ApiKeyNotUnderstood as refused:
        await tell(asked, str(refused))
        return
    await in_place(asked, lambda: agents.connect(permit_of(asked), ref, wish))


@asks(Action.API_KEYS, by_offer)
async def refuse(asked: Asked, ref: str) -> None:
    """The button [No, connect nothing]."""
    agents = service(asked, AgentConsentService)
    await in_place(asked, lambda: agents.refuse(permit_of(asked), ref))


BUTTONS: ButtonHandlers = {texts.YES: choose, texts.NO: refuse}
WINDOWS: WindowHandlers = {texts.YES: connect}
