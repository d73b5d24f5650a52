"""Buttons and lists of a message, in Discord's form and within its limits (pure)."""

import itertools
import re
from collections.abc import Collection, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import discord
from discord import ui

from bot.model.choices import Choice
from bot.model.errors import DeliveryRefused
from bot.model.language import english, msgid, tr
from bot.model.ports import MARK, Button, Post, mark_of

LABEL_LIMIT = 80
OPTION_LIMIT = 100
ROW_LIMIT = 5
CUSTOM_ID_LIMIT = 100

# Action, then a reference of 128 bits that nobody can guess (R10): no meaning, no name, no uuid inside.
# Of a post that shows several things it has the references of the others behind it: four fit into the 100
# characters that Discord allows. Behind those has it the marks of others (`bot.model.ports.mark_of`).
TEMPLATE = (
    r"v1:(?P<action>[a-z_.]+):(?P<ref>[A-Za-z0-9_-]{22})(?P<also>(?:\.[A-Za-z0-9_-]{22}){0,3})"
    r"(?:~(?P<marks>(?:[A-Za-z0-9_-]{5})+))?"
)
_CUSTOM_ID = re.compile(TEMPLATE)
# The same for lists to choose from: their templates are told apart from those of buttons by this alone.
CHOICE_TEMPLATE = r"c1:(?P<action>[a-z_.]+):(?P<ref>[A-Za-z0-9_-]{22})"
_WAY_BACK = msgid("way back")  # among the extras of an interaction
_STYLES = {
    "primary": discord.ButtonStyle.primary,
    "secondary": discord.ButtonStyle.secondary,
    "success": discord.ButtonStyle.success,
    "danger": discord.ButtonStyle.danger,
}


class MessageTooBig(DeliveryRefused):
    """Raised for a post that no Discord message can hold; the sentence says which limit."""


@dataclass(frozen=True)
class WebButton:
    """A button that opens an address and tells nobody that it was pressed."""

    label: str
    url: str


def custom_id(button: Button) -> str:
    """The custom_id of a button, which `TEMPLATE` reads back."""
    made = ".".join((f"v1:{button.action}:{button.ref}", *button.also))
    made += f"~{''.join(button.marks)}" if button.marks else ""
    if len(made) > CUSTOM_ID_LIMIT or not _CUSTOM_ID.fullmatch(made):
        raise ValueError(f"not an action and a reference: {made!r}")
    return made


def references_in(components: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Every reference that a custom_id among these components, however deep, carries; `~` and a mark."""
    for component in components:
        match = _CUSTOM_ID.fullmatch(str(component.get("custom_id", "")))
        if match:
            yield match["ref"]
            yield from filter(None, match["also"].split("."))
            marks = match["marks"] or ""
            yield from (f"~{marks[at : at + MARK]}" for at in range(0, len(marks), MARK))
        beside = component.get("accessory")
        yield from references_in((*component.get("components", ()), *((beside,) if beside else ())))


def lead_back(extras: MutableMapping[Any, Any], button: Button) -> None:
    """Have what answers this interaction show the button that leads back to where it was begun."""
    extras[_WAY_BACK] = button


def with_way_back(extras: Mapping[Any, Any], post: Post) -> Post:
    """The answer, with that button if there is one."""
    button: Button | None = extras.get(tr(_WAY_BACK))
    return post if button is None else replace(post, buttons=(*post.buttons, replace(button, begins=True)))


def also_in(carried: object) -> tuple[str, ...]:
    """The further references of a custom_id; none where it is another thing."""
    match = _CUSTOM_ID.fullmatch(str(carried))
    return tuple(filter(None, match["also"].split("."))) if match is not None else ()


def is_among(reference: str, carried: Collection[str]) -> bool:
    """Whether a message that carries these is the one with this reference."""
    return reference in carried or f"~{mark_of(reference)}" in carried


def rows_of(
    buttons: Sequence[ui.Button[ui.LayoutView]], begin: Collection[int] = ()
) -> list[list[ui.Button[ui.LayoutView]]]:
    """Put at most five in a row; buttons about one thing stay together as far as a row has room.

    `begin`: places of those that begin a row.
    """
    cuts = [0, *sorted(set(begin) - {0}), len(buttons)]
    parts = [buttons[start:end] for start, end in itertools.pairwise(cuts)]
    return [row for part in parts for row in _rows(part)]


def _rows(buttons: Sequence[ui.Button[ui.LayoutView]]) -> list[list[ui.Button[ui.LayoutView]]]:
    rows: list[list[ui.Button[ui.LayoutView]]] = []
    for _, alike in groupby(buttons, key=lambda button: (button.custom_id or "").rpartition(":")[2]):
        group = list(alike)
        room = ROW_LIMIT - len(rows[-1]) if rows else 0
        if len(group) > room and len(group) <= ROW_LIMIT:
            room = 0  # all of it begins a row of its own
        if room:
            rows[-1] += group[:room]
        rows += [group[start : start + ROW_LIMIT] for start in range(room, len(group), ROW_LIMIT)]
    return rows


def buttons_of(post: Post, web: Sequence[WebButton]) -> list[ui.Button[ui.LayoutView]]:
    """All below a post, and those that open an address behind them."""
    made = [_button(button) for button in buttons_below(post)]
    return made + [ui.Button(label=_label(tr(link.label)), url=link.url) for link in web]


def buttons_below(post: Post) -> list[Button]:
    """Those that stand beside no part of the body."""
    return [button for button in post.buttons if button.beside is None]


def buttons_beside(post: Post) -> dict[int, ui.Button[ui.LayoutView]]:
    """The others, each by the part that it stands beside."""
    return {button.beside: _button(button) for button in post.buttons if button.beside is not None}


def _button(button: Button) -> ui.Button[ui.LayoutView]:
    return ui.Button(
        label=_label(tr(button.label)),
        style=_STYLES[button.style],
        custom_id=custom_id(button),
        disabled=button.disabled,
    )


def select_of(choice: Choice) -> ui.Select[ui.LayoutView]:
    """A list to choose from, as its choice says."""
    made = f"c1:{choice.action}:{choice.ref}"
    if not re.fullmatch(CHOICE_TEMPLATE, made):
        raise ValueError(f"not an action and a reference: {made!r}")
    options = [
        discord.SelectOption(
            value=one.value, label=_label(one.label, OPTION_LIMIT), description=one.more, default=one.chosen
        )
        for one in choice.options
    ]
    return ui.Select(
        custom_id=made,
        placeholder=tr(choice.placeholder) if choice.placeholder else None,
        options=options,
        min_values=choice.least,
        max_values=min(choice.most, len(options)),
    )


def _label(label: str, most: int = LABEL_LIMIT) -> str:
    if not 1 <= len(label) <= most:
        raise MessageTooBig(
            english(
                "This label has 1 to {most} characters; this one has {label}.", most=most, label=len(label)
            )
        )
    return label
