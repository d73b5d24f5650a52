"""The window of a setting: made of its command's options, and read as those."""

from collections.abc import Callable, Mapping
from typing import Any

import discord
from discord import app_commands, ui

from bot.discord.bridge import Asked
from bot.discord.command_examples import Say, say_to
from bot.discord.command_runs import AnyCommand
from bot.discord.translation_catalogue import CHOICES, NAMES, TEXTS
from bot.features.operations.settings import texts
from bot.features.operations.settings.model import SettingWay
from bot.features.operations.settings.service import ChosenSetting
from bot.model.language import tr
from bot.text.safe_text import one_line, safe

_Type = discord.AppCommandOptionType
_NUMBERS = (_Type.integer, _Type.number)
_PICKERS: Mapping[discord.AppCommandOptionType, Callable[..., ui.Item[Any]]] = {
    _Type.role: ui.RoleSelect,
    _Type.user: ui.UserSelect,
    _Type.mentionable: ui.MentionableSelect,
}
_LABEL, _HINT, _TYPED = 45, 100, 4000  # characters, as Discord has them
_DIGITS = 10
_FIELDS = 5  # in one window
_CREATOR = "creator"


class RejectedField(Exception):
    """Raised for a field that no command would take; str() is the sentence for its writer."""


class SettingWindow(ui.Modal):
    """Its custom_id names the creator's link, and the row with its way."""

    def __init__(
        self, asked: Asked, custom_id: str, chosen: ChosenSetting, way: SettingWay, command: AnyCommand
    ) -> None:
        row = chosen.row
        title = tr(row.title) if len(row.ways) == 1 else f"{tr(row.title)}: {tr(way.label)}"
        super().__init__(title=title[:_LABEL], custom_id=custom_id)
        if len(way.options) < _FIELDS:
            self.add_item(ui.TextDisplay(texts.now(chosen.value)))
        known, say = {one.name: one for one in command.parameters}, say_to(asked)
        for name in way.options:
            self.add_item(_field(known[name], say))
        self.stop()  # as in `cogs.inbox.reply_windows`


def options_given(command: AnyCommand, way: SettingWay, link: str) -> list[dict[str, Any]]:
    """What is decided without a window: what the row says, and the creator."""
    known = {one.name: one for one in command.parameters}
    given = dict(way.given) | ({_CREATOR: link} if _CREATOR in known else {})
    return [_option(known[name], value) for name, value in given.items()]


def options_typed(command: AnyCommand, fields: Mapping[str, str]) -> list[dict[str, Any]]:
    """What a window brought, in the form of a command's options; an empty field is one left out."""
    known = {one.name: one for one in command.parameters}
    typed = {name: value.strip() for name, value in fields.items() if name in known}
    return [_option(known[name], _value(known[name], value)) for name, value in typed.items() if value]


def _field(option: app_commands.Parameter, say: Say) -> ui.Label[Any]:
    words = say(NAMES, option.display_name).replace("-", " ").replace("_", " ")
    hint = say(TEXTS, str(option.description))
    component = _component(option, say)
    return ui.Label(
        text=f"{words[:1].upper()}{words[1:]}"[:_LABEL], description=hint[:_HINT], component=component
    )


def _component(option: app_commands.Parameter, say: Say) -> ui.Item[Any]:
    name, needed, least = option.name, option.required, int(option.required)
    if option.choices:
        offered = [
            discord.SelectOption(label=say(CHOICES, one.name), value=str(one.value)) for one in option.choices
        ]
        return ui.Select(custom_id=name, options=offered, min_values=least, required=needed)
    if option.type is _Type.channel:
        kinds = option.channel_types
        return ui.ChannelSelect(custom_id=name, channel_types=kinds, min_values=least, required=needed)
    if option.type in _PICKERS:
        return _PICKERS[option.type](custom_id=name, min_values=least, required=needed)
    most = _DIGITS if option.type in _NUMBERS else int(option.max_value or _TYPED)
    return ui.TextInput(custom_id=name, max_length=most, required=needed)


def _option(option: app_commands.Parameter, value: Any) -> dict[str, Any]:
    return {"name": option.display_name, "type": option.type.value, "value": value}


def _value(option: app_commands.Parameter, typed: str) -> Any:
    """Raises RejectedField for what is no number, or out of its range."""
    if option.type is not _Type.integer:
        return typed
    low, high = int(option.min_value or 0), option.max_value
    number = int(typed) if typed.isascii() and typed.isdigit() else None
    if number is None or number < low or (high is not None and number > high):
        raise RejectedField(_no_number(safe(one_line(typed, 20)), low, None if high is None else int(high)))
    return number


def _no_number(typed: str, low: int, high: int | None) -> str:
    if high is None:
        return tr(
            "“{typed}” is not a whole number of at least {low}. Press Change and type it again.",
            typed=typed,
            low=low,
        )
    return tr(
        "“{typed}” is not a whole number from {low} to {high}. Press Change and type it again.",
        typed=typed,
        low=low,
        high=high,
    )
