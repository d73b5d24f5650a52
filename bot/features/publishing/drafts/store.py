"""Keeps what members put together: sealed, a step only at the version shown."""

import json
from dataclasses import dataclass, replace

from bot.engine.input_windows import InputWindowHolder, InputWindows
from bot.features.publishing.drafts.content_place import place_of
from bot.features.publishing.drafts.model import DraftContent, packed, unpacked
from bot.features.publishing.drafts.picked_rules import picked, with_picked
from bot.features.publishing.picker.incoming_files import with_arrived
from bot.model.errors import SealDamaged
from bot.model.ports import Clock, Ids, Sealer
from storage.database import Transaction
from storage.engine import drafts
from storage.engine.drafts import Draft
from storage.publishing import compositions
from storage.publishing.compositions import Composition
from storage.records import CreatorId, DraftId, Millis

KEPT: Millis = 7 * 86_400_000
VIEW = "mass.view"  # a draft: one message that shows a composition at one version


@dataclass(frozen=True)
class StoredDraft:
    """A composition as it is now. `sent_at`: an earlier version of it was confirmed then.

    `waits`: so many of its files are on their way; `note`: what its author should know of the others.
    """

    row: Composition
    content: DraftContent
    sent_at: Millis | None = None
    waits: int = 0
    note: str = ""

    @property
    def version(self) -> int:
        return self.row.version


@dataclass(frozen=True)
class DraftPress:
    """The draft of a button; `held` None: that is gone."""

    held: StoredDraft | None
    current: bool  # the message shows what is there now


class DraftStore:
    """Every method is part of the transaction that it is given; all of them may write."""

    def __init__(self, *, sealer: Sealer, clock: Clock, ids: Ids) -> None:
        self._sealer = sealer
        self._clock = clock
        self._ids = ids
        self._views = InputWindows(VIEW, clock=clock, ids=ids, life=KEPT)

    async def whose(self, tx: Transaction, ref: DraftId, holder: InputWindowHolder) -> CreatorId | None:
        """About which creator this member's view is; None for one that is not theirs, or not from here."""
        view = await self._views.of(tx, ref)
        if view is None or (view.owner, view.guild) != (holder.member, holder.guild):
            return None
        return view.creator

    async def current(self, tx: Transaction, holder: InputWindowHolder) -> StoredDraft | None:
        """The member's draft now; one confirmed as it is, or too old, is let go of."""
        assert holder.creator is not None, "it is about a creator"
        assert holder.guild is not None, "it is done on a server"
        row = await compositions.of_member(tx, holder.creator, holder.guild, holder.member)
        if row is None:
            return None
        content, sent_at = self._opened(row), None
        for press, version in content.previews:
            at = await compositions.confirmed_at(tx, press)
            if at is not None and version == row.version:
                await compositions.remove(tx, row.id)
                return None
            sent_at = at if at is not None else sent_at
        if row.changed < self._clock.now() - KEPT:
            await compositions.remove(tx, row.id)
            return None
        return StoredDraft(row, content, sent_at)

    async def seen(self, tx: Transaction, ref: DraftId, holder: InputWindowHolder) -> DraftPress:
        """The draft of a press on this view."""
        view, held = await self._views.of(tx, ref), await self.current(tx, holder)
        is_open = view is not None and held is not None and view.state == "open" and _shows(view, held)
        return DraftPress(held, is_open)

    async def begin(self, tx: Transaction, holder: InputWindowHolder, content: DraftContent) -> StoredDraft:
        """A new one, in the place of what there was."""
        assert holder.creator is not None, "it is about a creator"
        assert holder.guild is not None, "it is done on a server"
        before = await compositions.of_member(tx, holder.creator, holder.guild, holder.member)
        if before is not None:
            await compositions.remove(tx, before.id)
        now, new = self._clock.now(), self._ids.new()
        body = self._sealer.seal(place_of(new, holder.creator), packed(content))
        row = Composition(new, holder.creator, holder.guild, holder.member, 1, now, now, body)
        await compositions.add(tx, row)
        return StoredDraft(row, content)

    async def change(self, tx: Transaction, held: StoredDraft, content: DraftContent) -> StoredDraft:
        """One step further, in the transaction that has read it."""
        return await self._put(tx, held, content, held.version + 1, self._clock.now())

    async def note(self, tx: Transaction, held: StoredDraft, content: DraftContent) -> StoredDraft:
        """Store a change nobody sees, so that all views of it stay good."""
        return await self._put(tx, held, content, held.version, held.row.changed)

    async def arrived(self, tx: Transaction, held: StoredDraft) -> StoredDraft:
        """With its files that are in the vault by now: then it is another version."""
        if not held.content.files:
            return held
        was = picked(DraftId(""), held.content)
        now = await with_arrived(tx, was)
        content = with_picked(held.content, was, now)
        if now.message != was.message:
            held = await self.change(tx, held, content)
        elif now.files != was.files:
            held = await self.note(tx, held, content)
        return replace(held, waits=now.waits, note=now.note)

    async def throw_away(self, tx: Transaction, held: StoredDraft) -> None:
        await compositions.remove(tx, held.row.id)

    async def view(
        self, tx: Transaction, holder: InputWindowHolder, held: StoredDraft, before: DraftId | None
    ) -> DraftId:
        """A reference for a message that shows this from now on; `before`: the one that it had."""
        if before is not None:
            old = await self._views.of(tx, before)
            if old is not None and old.state == "open":
                if _shows(old, held):
                    return before
                now = self._clock.now()
                await drafts.settle(tx, before, version=1, state="replaced", by=holder.member, now=now)
        return await self._views.open(tx, holder, _target(held))

    async def show(self, tx: Transaction, ref: DraftId, held: StoredDraft) -> None:
        """Let a view show this version from now on, under the reference that it has."""
        await self._views.note(tx, ref, _target(held))

    async def _put(
        self, tx: Transaction, held: StoredDraft, content: DraftContent, version: int, at: Millis
    ) -> StoredDraft:
        row = held.row
        body = self._sealer.seal(place_of(row.id, row.creator), packed(content))
        after = replace(row, version=version, changed=at, body=body)
        done = await compositions.change(tx, after, version=row.version)
        assert done, "it was read in this transaction"
        return replace(held, row=after, content=content)

    def _opened(self, row: Composition) -> DraftContent:
        try:
            return unpacked(self._sealer.open(place_of(row.id, row.creator), row.body))
        except ValueError as error:
            raise SealDamaged from error


def _target(held: StoredDraft) -> dict[str, str | int]:
    return {"of": held.row.id, "version": held.version}


def _shows(view: Draft, held: StoredDraft) -> bool:
    target = json.loads(view.target)  # what a restored database or an erasure blanked shows nothing
    return (target.get("of"), target.get("version")) == (held.row.id, held.version)
