"""A list from a file: all is checked, asked about once, kept in one commit."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from bot.access import questions
from bot.access.permits import ActionConfirmation, Permit, authorize
from bot.access.policy import Action
from bot.engine.input_windows import InputWindowExpired, InputWindowHolder, InputWindows
from bot.features.inbox.guard_words import import_texts, texts
from bot.features.inbox.guard_words.file_format import read_words
from bot.features.inbox.guard_words.rules import MOST, GuardWord, GuardWordRefused
from bot.features.inbox.guard_words.service import GuardWordService, scope_of
from bot.features.inbox.guard_words.word_lists import GuardWordLists
from bot.model.ports import Clock, Ids, Post
from bot.text.rejected_input import RejectedInput
from storage.database import Database, Transaction
from storage.records import DiscordId, DraftId, Millis

LIFE: Millis = 900_000  # as long as Discord lets the answer with the buttons be changed
_QUESTION = f"{Action.GUARD_IMPORT}.propose"  # a draft
_ACTION = Action.GUARD_IMPORT


@dataclass(frozen=True)
class _HeldWords:
    """The import in question. In memory only: its sender still has the file."""

    member: DiscordId
    until: Millis
    words: Sequence[GuardWord]
    shared: bool
    at: Millis  # when the list was changed that the question was about


class GuardWordImportService:
    """Permits were checked before; a change checks again in its own transaction."""

    def __init__(
        self, *, database: Database, lists: GuardWordLists, keeping: GuardWordService, clock: Clock, ids: Ids
    ) -> None:
        self._database = database
        self._lists = lists
        self._keeping = keeping
        self._clock = clock
        self._questions = InputWindows(_QUESTION, clock=clock, ids=ids, life=LIFE)
        self._held: dict[DraftId, _HeldWords] = {}

    async def ask(self, permit: Permit, content: bytes, *, shared: bool) -> Post | RejectedInput:
        """What a file changes, and the buttons; or every wrong line. Raises GuardWordRefused."""
        words, bad = await asyncio.to_thread(read_words, content)
        if bad:
            return import_texts.bad(bad)
        if not words:
            return Post(body=(import_texts.NOTHING,))

        async def work(tx: Transaction) -> Post:
            await self._keeping.may(tx, permit, _ACTION, shared=shared)
            kept = await self._lists.of(tx, scope_of(permit, shared=shared))
            new, changed, gone = _compared(kept.words or (), words)
            if kept.words is not None and not (new or changed or gone):
                return Post(body=(import_texts.ALIKE,))
            ref = await self._questions.open(tx, _holder_of(permit), {})
            until = self._clock.now() + LIFE
            self._hold(ref, _HeldWords(permit.actor.user, until, words, shared, kept.at))
            fits = len(kept.words or ()) + len(new) <= MOST
            return import_texts.question(new, changed, gone, ref, shared=shared, fits=fits)

        return await self._database.write(work)

    async def yes(self, yes: ActionConfirmation, *, replace: bool) -> str:
        """Keep them, with `replace` in place of the whole list; return the answer."""
        ref = DraftId(yes.question(_ACTION))
        held = self._held.get(ref)
        if held is None:
            return import_texts.OVER

        async def work(tx: Transaction) -> str:
            draft = await questions.asked(tx, yes, _ACTION, _QUESTION)
            if draft is None:
                raise InputWindowExpired
            permit = await authorize(tx, yes.by, _ACTION, draft.creator)
            if permit is None:
                raise GuardWordRefused(texts.NOT_YOURS)
            return await self._keep(tx, permit, ref, held, replace=replace)

        try:
            said = await self._database.write(work)
        except InputWindowExpired:
            return import_texts.OVER
        except GuardWordRefused as refused:
            return str(refused)
        self._held.pop(ref, None)
        return said

    async def no(self, permit: Permit, ref: DraftId) -> str:
        """Forget the file."""

        async def work(tx: Transaction) -> None:
            await self._questions.saving(tx, ref, _holder_of(permit))
            await self._questions.saved(tx, ref, _holder_of(permit))

        try:
            await self._database.write(work)
        except InputWindowExpired:
            return import_texts.OVER
        self._held.pop(ref, None)
        return import_texts.LEFT

    # ── inside one transaction ──

    async def _keep(
        self, tx: Transaction, permit: Permit, ref: DraftId, held: _HeldWords, *, replace: bool
    ) -> str:
        holder, shared = _holder_of(permit), held.shared
        await self._questions.saving(tx, ref, holder)
        await self._keeping.may(tx, permit, _ACTION, shared=shared)
        kept = await self._lists.of(tx, scope_of(permit, shared=shared))
        if kept.at != held.at:
            raise GuardWordRefused(import_texts.OVERTAKEN)
        new, changed, gone = _compared(kept.words or (), held.words)
        before = {} if replace else {word.key: word for word in kept.words or ()}
        words = before | {word.key: word for word in held.words}
        if len(words) > MOST:
            raise GuardWordRefused(import_texts.too_many(len(words)))
        await self._lists.put(tx, kept, words.values(), permit.actor.user)
        await self._questions.saved(tx, ref, holder)
        await self._keeping.note(tx, permit, "guard.words.import", "server" if shared else "own")
        return import_texts.done(len(new), len(changed), len(gone) if replace else 0, shared=shared)

    def _hold(self, ref: DraftId, held: _HeldWords) -> None:
        """One file of each member's, and none for longer than its question counts."""
        now = self._clock.now()
        kept = {
            one: other
            for one, other in self._held.items()
            if other.member != held.member and other.until > now
        }
        self._held = {**kept, ref: held}


def _compared(
    before: Sequence[GuardWord], words: Sequence[GuardWord]
) -> tuple[list[GuardWord], list[tuple[GuardWord, GuardWord]], list[GuardWord]]:
    """New ones; those that are written or act in another way, with what they were; those not in the file."""
    known, wanted = {word.key: word for word in before}, {word.key for word in words}
    new = [word for word in words if word.key not in known]
    changed = [(known[word.key], word) for word in words if word.key in known and known[word.key] != word]
    return new, changed, [word for word in before if word.key not in wanted]


def _holder_of(permit: Permit) -> InputWindowHolder:
    return InputWindowHolder(permit.actor.user, permit.creator, permit.actor.guild)
