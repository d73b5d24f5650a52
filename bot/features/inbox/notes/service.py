"""Notes on a fan: written, read, changed and taken away by the creator's team."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.engine.input_windows import InputWindowExpired, InputWindowHolder, InputWindows
from bot.features.inbox.notes import texts
from bot.features.inbox.notes.thread_work import FanThreadWork
from bot.model.language import tr
from bot.model.ports import Button, Post
from bot.relay.context import Context
from bot.text.rejected_input import RejectedInput, given_back
from storage.database import Transaction
from storage.inbox import notes
from storage.inbox.notes import FanNote
from storage.records import CreatorId, DiscordId, DraftId, FanId, FanThread, Millis

LONGEST = 1500  # characters of a note: made safe, it still fits into one message with its heading
MOST = 50  # notes on one fan

WINDOW = "note.window"  # a draft


@dataclass(frozen=True)
class OpenedNote:
    id: str
    author: DiscordId
    written: Millis
    text: str
    edited_by: DiscordId | None
    edited: Millis | None


def body_place(note: str, creator: CreatorId) -> str:
    """The place of a note's sealed text."""
    return f"notes|body|{note}|{creator}"


class NoteService:
    """Callers check permission; a refusal is a sentence, or ReplyRefused without a fan."""

    def __init__(self, ctx: Context, *, about: FanThreadWork) -> None:
        self._about = about
        self._ctx = ctx
        self._windows = InputWindows(WINDOW, clock=ctx.clock, ids=ctx.ids)

    async def notes_of(self, tx: Transaction, creator: CreatorId, fan: FanId) -> list[OpenedNote]:
        """All notes on a fan, oldest first."""
        return [self._opened(note) for note in await notes.of_fan(tx, creator, fan)]

    # ── in a fan's thread ──

    async def page(self, channel: DiscordId, number: int = 0) -> Post:
        """The notes on this thread's fan, the newest first; page `number` of them, from 0."""

        async def work(tx: Transaction, thread: FanThread) -> Post:
            return texts.page(await self.notes_of(tx, thread.creator, thread.fan), number)

        return await self._about.look(channel, work)

    async def add(self, actor: DiscordId, channel: DiscordId, text: str) -> Post | RejectedInput:
        """Write a note; return the answer."""

        async def work(tx: Transaction, thread: FanThread) -> Post | RejectedInput:
            refusal = _refusal(text)
            if refusal is None and len(await notes.of_fan(tx, thread.creator, thread.fan)) >= MOST:
                refusal = texts.too_many(MOST)
            if refusal is not None:
                return given_back(refusal, text)
            made, creator = self._ctx.ids.new(), thread.creator
            body = self._sealed(made, creator, text)
            await notes.add(tx, FanNote(made, creator, thread.fan, actor, self._ctx.clock.now(), body))
            await self._about.changed(tx, thread, actor, "note.add")
            return texts.kept(tr(texts.ADDED), made)

        return await self._about.change(channel, work)

    async def begin(self, actor: DiscordId, channel: DiscordId, note: str) -> tuple[DraftId, str] | None:
        """A window with what a note says; None where this fan has no such note."""

        async def work(tx: Transaction, thread: FanThread) -> tuple[DraftId, str] | None:
            found = await notes.get(tx, thread.creator, thread.fan, note)
            if found is None:
                return None
            target = {"note": note, "seen": found.version}
            ref = await self._windows.open(tx, _holder(actor, thread), target)
            return ref, self._opened(found).text

        return await self._about.change(channel, work)

    async def edit(
        self, actor: DiscordId, channel: DiscordId, window: DraftId, text: str
    ) -> Post | RejectedInput:
        """Give a sent window's note this text; return the answer."""

        async def work(tx: Transaction, thread: FanThread) -> Post | RejectedInput:
            refusal = _refusal(text)
            if refusal is not None:
                return given_back(refusal, text)
            try:
                opened = await self._windows.saving(tx, window, _holder(actor, thread))
            except InputWindowExpired as over:
                return given_back(str(over), text)
            found = await notes.get(tx, thread.creator, thread.fan, opened["note"])
            if found is None or found.version != opened["seen"]:
                return self._overtaken(found, text)
            body = self._sealed(found.id, thread.creator, text)
            at = max(self._ctx.clock.now(), found.version + 1)
            await notes.change(tx, found.id, body=body, by=actor, at=at)
            await self._windows.saved(tx, window, _holder(actor, thread))
            await self._about.changed(tx, thread, actor, "note.edit")
            return texts.kept(tr(texts.EDITED), found.id)

        return await self._about.change(channel, work)

    async def remove(self, actor: DiscordId, channel: DiscordId, note: str) -> str:
        """Remove it for good; return the answer."""

        async def work(tx: Transaction, thread: FanThread) -> str:
            found = await notes.get(tx, thread.creator, thread.fan, note)
            if found is None:
                return tr(texts.NO_SUCH)
            await notes.remove(tx, note)
            await self._about.changed(tx, thread, actor, "note.remove", str(found.author))
            return tr(texts.REMOVED)

        return await self._about.change(channel, work)

    async def suggest(self, channel: DiscordId, typed: str) -> Sequence[tuple[str, str]]:
        """Notes to offer while somebody types, newest first: the label and the value sent."""

        async def work(tx: Transaction, thread: FanThread) -> Sequence[tuple[str, str]]:
            return texts.offered(await self.notes_of(tx, thread.creator, thread.fan), typed)

        return await self._about.look(channel, work)

    # ── parts ──

    def _overtaken(self, found: FanNote | None, text: str) -> RejectedInput:
        """Somebody else was faster: nothing of theirs is lost, and nothing of what was typed now."""
        if found is None:
            return given_back(tr(texts.REMOVED_MEANWHILE), text)
        why = texts.changed_meanwhile(found.edited_by or found.author)
        again = Button("note.edit", found.id, tr("Change it"))
        return given_back(why, text, now=self._opened(found).text, buttons=(again,))

    def _sealed(self, note: str, creator: CreatorId, text: str) -> bytes:
        return self._ctx.sealer.seal(body_place(note, creator), text.strip().encode())

    def _opened(self, note: FanNote) -> OpenedNote:
        try:
            text = self._ctx.sealer.open(body_place(note.id, note.creator), note.body).decode()
        except ValueError:  # it can be told from the others, and removed
            text = tr(texts.UNREADABLE)
        return OpenedNote(note.id, note.author, note.written, text, note.edited_by, note.edited)


def _holder(actor: DiscordId, thread: FanThread) -> InputWindowHolder:
    return InputWindowHolder(actor, thread.creator, thread.guild)


def _refusal(text: str) -> str | None:
    """Say why this cannot be a note."""
    if not text.strip():
        return tr(texts.EMPTY)
    return texts.too_long(LONGEST) if len(text.strip()) > LONGEST else None
