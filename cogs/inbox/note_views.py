"""/fan note: notes as members write and read them, privately."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import discord
from discord import app_commands, ui

from bot.access.policy import Action
from bot.discord.answers import Said, in_place, private, server_wish_of, tell
from bot.discord.asking import asks, here
from bot.discord.bridge import Asked, ButtonHandlers, WindowHandlers, service
from bot.discord.rejected_answers import said_of
from bot.discord.windows import open_window
from bot.engine.commands import CommandWish
from bot.features.inbox.notes.service import NoteService
from bot.model.language import msgid, tr
from bot.model.ports import Post
from bot.text.rejected_input import RejectedInput
from storage.records import DiscordId, DraftId

NOTE_LIMIT = 1500
_NEW = "0" * 22  # a window for a new note refers to nothing but the thread that it is sent from
_NOTE = re.compile("[A-Za-z0-9_-]{22}")


class NoteWindow(ui.Modal, title=msgid("A note on this fan")):
    """A text. Its custom_id is all that the bridge needs to take it back."""

    text: ui.Label[Any] = ui.Label(
        text=msgid("Note"),
        description=msgid("The creator's team reads it. The fan never sees it."),
        component=ui.TextInput(
            custom_id="text", style=discord.TextStyle.paragraph, max_length=NOTE_LIMIT, required=True
        ),
    )

    def __init__(self, action: str, ref: str, text: str = "") -> None:
        super().__init__(custom_id=f"v1:{action}:{ref}")
        assert isinstance(self.text.component, ui.TextInput)
        self.text.component.default = text or None
        self.stop()  # as with every window here: `submitted` needs no memory of it


async def add_note(asked: Asked, text: str | None) -> None:
    """/fan note add; without a text a window comes up."""
    if text is None:
        await open_window(asked, NoteWindow("note.add", _NEW))
        return
    await _answer(asked, lambda notes, wish: notes.add(wish.actor, wish.channel, text))


async def list_notes(asked: Asked) -> None:
    """/fan note list."""
    await _show(asked, 0, private)


async def edit_note(asked: Asked, note: str) -> None:
    """/fan note edit: a window with what the note says."""
    wish = server_wish_of(asked)
    notes = service(asked, NoteService)
    opened = await notes.begin(wish.actor, wish.channel, note) if _NOTE.fullmatch(note) else None
    if opened is None:
        await tell(asked, tr("We can't find that note. Choose one from the list as you type."))
        return
    window, text = opened
    await open_window(asked, NoteWindow("note.edit", window, text))


async def remove_note(asked: Asked, note: str) -> None:
    """/fan note remove."""
    await _answer(asked, lambda notes, wish: notes.remove(wish.actor, wish.channel, note))


@asks(Action.NOTE_READ, here, offers=True)
async def offer_notes(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
    """The notes on this thread's fan, while somebody types."""
    if asked.channel_id is None:
        return []
    found = await service(asked, NoteService).suggest(DiscordId(asked.channel_id), typed)
    return [app_commands.Choice(name=name, value=value) for name, value in found]


# ── buttons and windows ──


@asks(Action.NOTE_READ, here)
async def turn_notes(asked: Asked, ref: str) -> None:
    """The buttons under a page."""
    await _show(asked, int(ref) if ref.isascii() and ref.isdigit() else 0, in_place)


@asks(Action.NOTE_WRITE, here)
async def note_window(asked: Asked, _ref: str) -> None:
    """The button [Write a note]."""
    await add_note(asked, None)


@asks(Action.NOTE_WRITE, here)
async def change_window(asked: Asked, ref: str) -> None:
    """The button [Change it]."""
    await edit_note(asked, ref)


@asks(Action.NOTE_WRITE, here)
async def submitted_note(asked: Asked, _ref: str, fields: Mapping[str, str]) -> None:
    """The window for a new note, sent."""
    text = fields.get("text", "")
    await _answer(asked, lambda notes, wish: notes.add(wish.actor, wish.channel, text))


@asks(Action.NOTE_WRITE, here)
async def submitted_change(asked: Asked, ref: str, fields: Mapping[str, str]) -> None:
    """The window with a note's text, sent."""
    text = fields.get("text", "")
    await _answer(asked, lambda notes, wish: notes.edit(wish.actor, wish.channel, DraftId(ref), text))


async def _answer(
    asked: Asked, deed: Callable[[NoteService, CommandWish], Awaitable[Post | str | RejectedInput]]
) -> None:
    wish, notes = server_wish_of(asked), service(asked, NoteService)

    async def said() -> Said:
        return said_of(await deed(notes, wish))

    await private(asked, said)


async def _show(
    asked: Asked, number: int, way: Callable[[Asked, Callable[[], Awaitable[Said]]], Awaitable[None]]
) -> None:
    wish, notes = server_wish_of(asked), service(asked, NoteService)
    await way(asked, lambda: notes.page(wish.channel, number))


BUTTONS: ButtonHandlers = {
    "note.add": note_window,
    "note.edit": change_window,
    "note.page": turn_notes,
}
WINDOWS: WindowHandlers = {
    "note.add": submitted_note,
    "note.edit": submitted_change,
}
