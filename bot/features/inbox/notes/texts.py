"""Texts about notes, for those who write and read them (pure)."""

from collections.abc import Sequence
from typing import Protocol

from bot.model.language import msgid, number_text, tr
from bot.model.ports import Button, Post
from bot.text.moments import date_of
from bot.text.render import ABOUT_FAN
from bot.text.safe_text import one_line, safe
from storage.engine.confusables import folded
from storage.records import DiscordId, Millis

NO_FAN = msgid("This isn't a fan's thread. Open the fan's post in the creator's forum and use it there.")
NOTHING = msgid("No notes on this fan yet. Write the first one with /fan note add.")
ADDED = msgid("Noted. The creator's team reads it with /fan note list; the fan never sees it.")
EDITED = msgid("Changed. The note shows that you changed it and who wrote it first.")
REMOVED = msgid("Removed. This can't be undone.")
EMPTY = msgid("A note needs some words. Please write it again.")
NO_SUCH = msgid("We can't find that note. Choose one from the list while you type.")
UNREADABLE = msgid("(This note is damaged and can't be read. Remove it with /fan note remove.)")
REMOVED_MEANWHILE = msgid(
    "This note was removed while your window was open, so yours was not saved. Write it "
    "again with /fan note add."
)
_ROOM = 3500  # characters of a page, of the 4000 that a message can have
_NOBODY = "0" * 22  # the thread that it is pressed in says about whom
_WRITE = Button("note.add", _NOBODY, msgid("Write a note"))
_OFFERED = 25  # as many as Discord shows
_LABEL = 90


class ShownNote(Protocol):
    @property
    def id(self) -> str:
        """Our key."""

    @property
    def author(self) -> DiscordId:
        """Its author."""

    @property
    def written(self) -> Millis:
        """When it was written."""

    @property
    def text(self) -> str:
        """As it was typed."""

    @property
    def edited_by(self) -> DiscordId | None:
        """Its last editor."""


def too_many(most: int) -> str:
    """There is no room for another one."""
    return tr("This fan has {most} notes, the most we keep. Change or remove one first.", most=most)


def too_long(most: int) -> str:
    return tr(
        "A note has at most {most} characters, and this one has more. Please shorten it.",
        most=number_text(most),
    )


def changed_meanwhile(by: DiscordId) -> str:
    return tr(
        "<@{by}> changed this note while your window was open, so yours was not saved. Both "
        "are here: press Change it to combine them.",
        by=by,
    )


def kept(said: str, note: str) -> Post:
    """A note was written or changed."""
    return Post(body=(said,), buttons=(Button("note.edit", note, tr("Change it")),))


def page(notes: Sequence[ShownNote], number: int) -> Post:
    """One page of a fan's notes, given oldest first, shown newest first."""
    pages = _pages([_told(place, note) for place, note in reversed(list(enumerate(notes, start=1)))])
    if not pages:
        return Post(body=(tr(NOTHING),), buttons=(_WRITE, ABOUT_FAN))
    number = min(max(number, 0), len(pages) - 1)
    buttons = [_WRITE]
    if number > 0:
        buttons.append(Button("note.page", page_ref(number - 1), tr("◀ Newer")))
    if number < len(pages) - 1:
        buttons.append(Button("note.page", page_ref(number + 1), tr("Older ▶")))
    buttons.append(ABOUT_FAN)
    small = tr("Page {number} of {pages}", number=number + 1, pages=len(pages)) if len(pages) > 1 else None
    title = tr("Notes on this fan ({notes})", notes=len(notes))
    return Post(title=title, body=tuple(pages[number]), small=small, buttons=tuple(buttons))


def page_ref(number: int) -> str:
    """The reference on a page's button: it means nothing outside the thread that it is pressed in."""
    return f"{number:022d}"


def offered(notes: Sequence[ShownNote], typed: str) -> list[tuple[str, str]]:
    """Notes, given oldest first, that have what is typed in them: newest first, words and key."""
    wanted = folded(typed.strip())
    return [
        (one_line(f"{place} · {note.text}", _LABEL), note.id)
        for place, note in reversed(list(enumerate(notes, start=1)))
        if wanted in folded(note.text) or wanted == str(place)
    ][:_OFFERED]


def _told(place: int, note: ShownNote) -> str:
    changed = (
        tr(", changed by <@{edited_by}>", edited_by=note.edited_by) if note.edited_by is not None else ""
    )
    return f"**{place}** · <@{note.author}>, {date_of(note.written)}{changed}\n{safe(note.text)}"


def _pages(lines: Sequence[str]) -> list[list[str]]:
    pages: list[list[str]] = []
    room = 0
    for line in lines:
        if not pages or len(line) > room:
            pages.append([])
            room = _ROOM
        pages[-1].append(line)
        room -= len(line) + 1
    return pages
