"""A list from a file: all is checked, asked about once, kept in one commit."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from bot.access.permits import ActionConfirmation, Permit
from bot.access.policy import Action
from bot.engine.file_imports import FileImports
from bot.features.inbox.guard_words import import_texts, texts
from bot.features.inbox.guard_words.file_format import read_words
from bot.features.inbox.guard_words.rules import MOST, GuardWord, GuardWordRefused
from bot.features.inbox.guard_words.service import GuardWordService, scope_of
from bot.features.inbox.guard_words.word_lists import GuardWordLists
from bot.model.language import tr
from bot.model.ports import Post
from bot.relay.context import Context
from bot.text.rejected_input import RejectedInput
from storage.database import Transaction
from storage.records import DraftId, Millis

_ACTION = Action.GUARD_IMPORT


@dataclass(frozen=True)
class _ReadWords:
    """A file's words, and when the list was changed that the question was about."""

    words: Sequence[GuardWord]
    shared: bool
    at: Millis


class GuardWordImportService:
    """Permits were checked before; a change checks again in its own transaction."""

    def __init__(self, ctx: Context, *, lists: GuardWordLists, keeping: GuardWordService) -> None:
        self._ctx = ctx
        self._lists = lists
        self._keeping = keeping
        no_right = GuardWordRefused(texts.NOT_YOURS)  # made once for everybody: `yes` says it
        self._files = FileImports[_ReadWords](
            database=ctx.database, action=_ACTION, no_right=no_right, clock=ctx.clock, ids=ctx.ids
        )

    async def ask(self, permit: Permit, content: bytes, *, shared: bool) -> Post | RejectedInput:
        """What a file changes, and the buttons; or every wrong line. Raises GuardWordRefused."""
        words, bad = await asyncio.to_thread(read_words, content)
        if bad:
            return import_texts.bad(bad)
        if not words:
            return Post(body=(tr(import_texts.NOTHING),))

        async def work(tx: Transaction) -> Post:
            await self._keeping.may(tx, permit, _ACTION, shared=shared)
            kept = await self._lists.of(tx, scope_of(permit, shared=shared))
            new, changed, gone = _compared(kept.words or (), words)
            if kept.words is not None and not (new or changed or gone):
                return Post(body=(tr(import_texts.ALIKE),))
            ref = await self._files.ask(tx, permit, _ReadWords(words, shared, kept.at))
            fits = len(kept.words or ()) + len(new) <= MOST
            return import_texts.question(new, changed, gone, ref, shared=shared, fits=fits)

        return await self._ctx.database.write(work)

    async def yes(self, yes: ActionConfirmation, *, replace: bool) -> str:
        """Keep them, with `replace` in place of the whole list; return the answer."""
        return tr(await self._files.yes(yes, partial(self._keep, replace=replace)))

    async def no(self, permit: Permit, ref: DraftId) -> str:
        """Forget the file."""
        return await self._files.no(permit, ref)

    # ── inside one transaction ──

    async def _keep(self, tx: Transaction, permit: Permit, held: _ReadWords, *, replace: bool) -> str:
        shared = held.shared
        await self._keeping.may(tx, permit, _ACTION, shared=shared)
        kept = await self._lists.of(tx, scope_of(permit, shared=shared))
        if kept.at != held.at:
            raise GuardWordRefused(tr(import_texts.OVERTAKEN))
        new, changed, gone = _compared(kept.words or (), held.words)
        before = {} if replace else {word.key: word for word in kept.words or ()}
        words = before | {word.key: word for word in held.words}
        if len(words) > MOST:
            raise GuardWordRefused(import_texts.too_many(len(words)))
        await self._lists.put(tx, kept, words.values(), permit.actor.user)
        await self._keeping.note(tx, permit, "guard.words.import", "server" if shared else "own")
        return import_texts.done(len(new), len(changed), len(gone) if replace else 0, shared=shared)


def _compared(
    before: Sequence[GuardWord], words: Sequence[GuardWord]
) -> tuple[list[GuardWord], list[tuple[GuardWord, GuardWord]], list[GuardWord]]:
    """New ones; those that are written or act in another way, with what they were; those not in the file."""
    known, wanted = {word.key: word for word in before}, {word.key for word in words}
    new = [word for word in words if word.key not in known]
    changed = [(known[word.key], word) for word in words if word.key in known and known[word.key] != word]
    return new, changed, [word for word in before if word.key not in wanted]
