"""A post → the JSON of a Discord message, within every limit, never cut (pure).

Two shapes. A post with an accent colour or a spoiler is a container of Components V2: a fan's words
stay inside it and cannot imitate the bot's own lines. But a phone's notification of such a message is
empty (discord/discord-api-docs issue 7854, open), so a post of the bot's own words with neither
accent nor spoiler is an ordinary message, whose content a lock screen shows.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import discord
from discord import ui

from bot.discord.controls import (
    ROW_LIMIT,
    MessageTooBig,
    WebButton,
    buttons_below,
    buttons_beside,
    buttons_of,
    rows_of,
    select_of,
)
from bot.discord.text_blocks import PostTexts, beside_texts
from bot.model.choices import Choice, Choices, lists_of
from bot.model.language import english, msgid, number_text, tr
from bot.model.ports import Picture, Post, Sound

TEXT_LIMIT = 4000  # all text displays of one message together
CONTENT_LIMIT = 2000  # the content of an ordinary message
_TOO_LONG = msgid("A Discord message can have {most} characters; this one has more.")
_TOO_MANY = msgid("A Discord message can have {most} parts; this one has more.")
COMPONENT_LIMIT = 40  # nested ones counted
SUPPRESS_EMBEDS, COMPONENTS_V2 = 1 << 2, 1 << 15
_EPHEMERAL = 1 << 6  # only the author of the interaction sees it
Accessory = ui.Button[ui.LayoutView] | ui.Thumbnail[ui.LayoutView]


@dataclass(frozen=True)
class AnswerFile:
    """A file handed over by a private answer, for the asker to keep."""

    name: str  # letters, digits, hyphens and underscores, then .json, .csv or .txt
    content: bytes
    alt: str = field(default_factory=lambda: tr("A file only you can see"))


def view_of(
    post: Post,
    web: Sequence[WebButton] = (),
    pictures: Sequence[Picture] = (),
    choice: Choices = None,
    file: AnswerFile | None = None,
    sounds: Sequence[Sound] = (),
) -> ui.LayoutView:
    """A post as one container; raises `MessageTooBig` rather than leave anything out.

    Of a covered one the container holds the body alone: who, when and the buttons stay readable beside it.
    Buttons stand beside the texts, as far as `beside_texts` says, and in rows below them.
    """
    texts = _texts(post, heading="### ")
    if texts.length > TEXT_LIMIT:
        raise MessageTooBig(english(_TOO_LONG, most=number_text(TEXT_LIMIT)))
    buttons = buttons_of(post, web)
    placed = {one.beside: _thumbnail(one) for one in pictures if one.beside is not None}
    placed |= buttons_beside(post)
    taken = (
        0 if placed or web else beside_texts(texts, len(buttons), wanted=post.beside, covered=post.spoiler)
    )
    rows, lists = rows_of(buttons[taken:], _begins(post, taken)), lists_of(choice)
    large = [one for one in pictures if one.beside is None]
    parts = 1 + texts.count + taken + 2 * len(placed) + bool(large) + bool(file) + len(sounds)
    if parts + len(buttons) + len(rows) + 2 * len(lists) > COMPONENT_LIMIT:
        raise MessageTooBig(english(_TOO_MANY, most=COMPONENT_LIMIT))
    view = ui.LayoutView(timeout=None)
    box: ui.Container[ui.LayoutView] = ui.Container(accent_colour=post.accent, spoiler=post.spoiler)
    beside: ui.LayoutView | ui.Container[ui.LayoutView] = view if post.spoiler else box
    if taken and not post.spoiler and texts.short:
        for block, button in zip(texts.blocks(taken), buttons, strict=False):
            box.add_item(ui.Section(*map(_display, block), accessory=button))
    else:
        _add_texts(beside, texts.head)
        _add_texts(box, texts.body, placed)
        if post.spoiler and (texts.body or pictures):
            view.add_item(box)
        _add_small(beside, texts.small, buttons[:taken])
    _add_media(box, large, sounds)
    if file is not None:
        beside.add_item(ui.File(f"attachment://{file.name}"))
    for row in _controls(lists, rows):
        beside.add_item(row)
    if not post.spoiler:
        view.add_item(box)
    return view


def _controls(
    lists: Sequence[Choice], rows: Sequence[Sequence[ui.Button[ui.LayoutView]]]
) -> Iterator[ui.ActionRow[ui.LayoutView]]:
    """Rows of buttons, each below the lists that stand above it."""
    for number in range(len(rows) + 1):
        last = number == len(rows)
        for one in lists:
            if one.below == number or (last and one.below > number):
                yield ui.ActionRow(select_of(one))
        if not last:
            yield ui.ActionRow(*rows[number])


def _begins(post: Post, taken: int = 0) -> list[int]:
    """The places of buttons that begin a row, behind those that are `taken` already."""
    return [number for number, button in enumerate(buttons_below(post)[taken:]) if button.begins]


def _add_media(
    box: ui.Container[ui.LayoutView], pictures: Sequence[Picture], sounds: Sequence[Sound]
) -> None:
    if pictures:
        shown = (
            discord.MediaGalleryItem(f"attachment://{one.name}", description=one.alt, spoiler=one.spoiler)
            for one in pictures
        )
        box.add_item(ui.MediaGallery(*shown))
    for sound in sounds:
        box.add_item(ui.File(f"attachment://{sound.name}", spoiler=True))


def _add_small(
    to: ui.LayoutView | ui.Container[ui.LayoutView],
    small: Sequence[str],
    beside: Sequence[ui.Button[ui.LayoutView]],
) -> None:
    if beside:
        to.add_item(ui.Section(*map(_display, small), accessory=beside[0]))
    else:
        _add_texts(to, small)


def _display(text: str) -> ui.TextDisplay[ui.LayoutView]:
    return ui.TextDisplay(text.lstrip("\n"))  # a container sets its texts apart


def _add_texts(
    to: ui.LayoutView | ui.Container[ui.LayoutView],
    texts: Sequence[str],
    beside: Mapping[int, Accessory] = MappingProxyType({}),
) -> None:
    for number, text in enumerate(texts):
        shown = _display(text)
        to.add_item(ui.Section(shown, accessory=beside[number]) if number in beside else shown)


def _thumbnail(picture: Picture) -> Accessory:
    return ui.Thumbnail(f"attachment://{picture.name}", description=picture.alt, spoiler=picture.spoiler)


def message_of(post: Post, web: Sequence[WebButton] = ()) -> dict[str, Any]:
    """The body of a new message; nothing in it can mention anybody or unfold a link."""
    plain = _plain(post, web)
    return plain if plain is not None else {**container_of(post, web), "allowed_mentions": {"parse": []}}


def edit_of(
    post: Post,
    web: Sequence[WebButton] = (),
    pictures: Sequence[Picture] = (),
    choice: Choices = None,
    file: AnswerFile | None = None,
    sounds: Sequence[Sound] = (),
) -> dict[str, Any]:
    """The body that makes an existing message show `post`, whichever shape the message has now.

    A message can become a container but never an ordinary one again, so an edit always is one. The
    pictures go with it as files, in this order, and the sounds and the file after them.
    """
    return {
        **container_of(post, web, pictures, choice, file, sounds),
        "attachments": [
            {"id": str(number), "filename": one.name, "description": one.alt}
            for number, one in enumerate(files_of(pictures, sounds, file))
        ],
        "content": None,
        "embeds": [],
        "allowed_mentions": {"parse": []},
    }


def private_of(
    post: Post,
    web: Sequence[WebButton] = (),
    pictures: Sequence[Picture] = (),
    choice: Choices = None,
    file: AnswerFile | None = None,
    sounds: Sequence[Sound] = (),
) -> dict[str, Any]:
    """The body of a new message that only the author of an interaction sees."""
    body = edit_of(post, web, pictures, choice, file, sounds)
    return {**body, "flags": body["flags"] | _EPHEMERAL}


def files_of(
    pictures: Sequence[Picture], sounds: Sequence[Sound], file: AnswerFile | None
) -> list[Picture | Sound | AnswerFile]:
    """The files of a message, in the order in which its attachments are numbered."""
    return [*pictures, *sounds, *([] if file is None else [file])]


def container_of(
    post: Post,
    web: Sequence[WebButton] = (),
    pictures: Sequence[Picture] = (),
    choice: Choices = None,
    file: AnswerFile | None = None,
    sounds: Sequence[Sound] = (),
) -> dict[str, Any]:
    """Components and flags of the container shape."""
    view = view_of(post, web, pictures, choice, file, sounds)
    components = [item.to_component_dict() for item in view.children]
    return {"components": components, "flags": COMPONENTS_V2}


def _plain(post: Post, web: Sequence[WebButton]) -> dict[str, Any] | None:
    if post.accent is not None or post.spoiler or buttons_beside(post):
        return None
    texts = _texts(post, heading="**", ending="**")
    content = "\n".join((*texts.head, *texts.body, *texts.small))
    buttons = buttons_of(post, web)
    rows = rows_of(buttons, _begins(post))
    if len(content) > CONTENT_LIMIT or len(rows) > ROW_LIMIT:
        return None
    return {
        "content": content,
        "components": [ui.ActionRow(*row).to_component_dict() for row in rows],
        "flags": SUPPRESS_EMBEDS,
        "allowed_mentions": {"parse": []},
    }


def _texts(post: Post, *, heading: str, ending: str = "") -> PostTexts:
    """Title, body and small print; each is empty where there is none."""
    head = (f"{heading}{post.title}{ending}",) if post.title else ()
    body = tuple(part for part in post.body if part.strip())
    small = ("\n".join(f"-# {line}" for line in post.small.splitlines()),) if post.small else ()
    if not (head or body or small):
        raise MessageTooBig(msgid("There is nothing to show, and Discord does not accept an empty message."))
    return PostTexts(head, body, small)
