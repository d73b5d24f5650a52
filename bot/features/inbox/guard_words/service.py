"""Forbidden words shown, added, removed, tried, handed over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.access.permits import Permit, authorize
from bot.access.policy import Action
from bot.features.inbox.guard.packs import GuardLevel
from bot.features.inbox.guard_words import texts
from bot.features.inbox.guard_words.file_format import as_text
from bot.features.inbox.guard_words.rules import MOST, GuardWord, GuardWordRefused, checked_word, key_of
from bot.features.inbox.guard_words.word_lists import (
    GuardWordList,
    GuardWordLists,
    GuardWordScope,
    own_scope,
    shared_scope,
)
from bot.model.language import tr
from bot.model.ports import Post
from bot.relay.context import Context
from storage.database import Transaction
from storage.people import consents

OFFERED = 25  # Discord shows no more
_PREFIXES = {"own:": False, "server:": True}  # of what a suggestion stands for


@dataclass(frozen=True)
class GuardWordExport:
    """A file, and how many words it has."""

    content: bytes
    number: int


class GuardWordService:
    """Permits were checked before; a change checks again in its own transaction."""

    def __init__(self, ctx: Context, *, lists: GuardWordLists) -> None:
        self._ctx = ctx
        self._lists = lists

    async def show(self, permit: Permit) -> Post:
        """The creator's list and the server's."""
        lists = await self._ctx.database.read(lambda tx: self._both(tx, permit))
        return texts.shown(lists, permit.link.handle if permit.link is not None else tr("this creator"))

    async def like(self, permit: Permit, typed: str) -> list[tuple[str, str]]:
        """Labels of words with what was typed in them, each with what `remove` takes for it."""
        lists = await self._ctx.database.read(lambda tx: self._both(tx, permit))
        prefixes = {shared: prefix for prefix, shared in _PREFIXES.items()}
        found = [(one.scope.shared, word) for one in lists for word in one.words or ()]
        return [
            (texts.label(word, shared=shared), prefixes[shared] + word.phrase)
            for shared, word in found
            if typed.casefold().strip() in word.phrase.casefold()
        ][:OFFERED]

    async def add(self, permit: Permit, phrase: str, level: str, *, shared: bool) -> str:
        """Forbid a word, or change its level; return the answer. Raises GuardWordRefused."""
        try:
            word = checked_word(phrase, GuardLevel(level))
        except GuardWordRefused as refused:
            raise GuardWordRefused(texts.not_added(str(refused))) from refused

        async def work(tx: Transaction) -> str:
            kept, words = await self._changing(tx, permit, Action.GUARD_SET, shared=shared)
            before = words.get(word.key)
            if before != word:
                if before is None and len(words) >= MOST:
                    raise GuardWordRefused(tr(texts.FULL, most=MOST))
                await self._lists.put(tx, kept, {**words, word.key: word}.values(), permit.actor.user)
                await self.note(tx, permit, "guard.words.add", f"{_whose(shared=shared)}: {word.level}")
            return texts.added(word, before, shared=shared)

        return await self._ctx.database.write(work)

    async def remove(self, permit: Permit, wanted: str) -> str:
        """Take a word off its list, the creator's before the server's. Raises GuardWordRefused."""
        prefix = next((one for one in _PREFIXES if wanted.startswith(one)), "")
        key = key_of(wanted.removeprefix(prefix)[:200])

        async def work(tx: Transaction) -> str:
            for one in await self._both(tx, permit):
                known = {word.key: word for word in one.words or ()}
                if key not in known or _PREFIXES.get(prefix, one.scope.shared) is not one.scope.shared:
                    continue
                shared, word = one.scope.shared, known.pop(key)
                kept, _ = await self._changing(tx, permit, Action.GUARD_SET, shared=shared)
                await self._lists.put(tx, kept, known.values(), permit.actor.user)
                await self.note(tx, permit, "guard.words.remove", f"{_whose(shared=shared)}: {word.level}")
                return texts.removed(word, shared=shared)
            raise GuardWordRefused(tr(texts.NO_SUCH))

        return await self._ctx.database.write(work)

    async def export(self, permit: Permit, *, shared: bool) -> GuardWordExport:
        """A list as a file. Raises GuardWordRefused where it is damaged."""

        async def work(tx: Transaction) -> GuardWordExport:
            kept = await self._lists.of(tx, scope_of(permit, shared=shared))
            if kept.words is None:
                raise GuardWordRefused(tr(texts.DAMAGED))
            await self.note(tx, permit, "guard.words.export", _whose(shared=shared))
            return GuardWordExport(as_text(kept.words), len(kept.words))

        return await self._ctx.database.write(work)

    async def test(self, permit: Permit, text: str) -> Mapping[str, GuardLevel]:
        """The words that bite in a text, as lines to show, with their levels. It is kept nowhere."""
        assert permit.creator is not None, "the action is about a creator"
        creator, guild = permit.creator, permit.actor.guild
        found = await self._ctx.database.read(lambda tx: self._lists.find(tx, text, creator, guild))
        return {texts.named(one): one.level for one in found}

    # ── inside one transaction ──

    async def may(self, tx: Transaction, permit: Permit, action: Action, *, shared: bool) -> None:
        """Raises GuardWordRefused. The server's list acts on every creator, so it needs a yes about each."""
        if await authorize(tx, permit.actor, action, permit.creator) is None:
            raise GuardWordRefused(tr(texts.NOT_YOURS))
        if not shared:
            return
        here = await consents.of_guild(tx, permit.actor.guild) if permit.actor.guild is not None else []
        found = [await authorize(tx, permit.actor, action, creator) for creator in here]
        if not found or None in found:
            raise GuardWordRefused(tr(texts.NOT_FOR_ALL))

    async def note(self, tx: Transaction, permit: Permit, action: str, target: str) -> None:
        """A line in the audit; no word is in it."""
        await self._ctx.trail.write(
            tx, action, "done", target=target, actor=permit.actor.user, creator=permit.creator
        )

    async def _both(self, tx: Transaction, permit: Permit) -> Sequence[GuardWordList]:
        return [await self._lists.of(tx, scope_of(permit, shared=shared)) for shared in (False, True)]

    async def _changing(
        self, tx: Transaction, permit: Permit, action: Action, *, shared: bool
    ) -> tuple[GuardWordList, dict[str, GuardWord]]:
        """A list that this person may change. Raises GuardWordRefused."""
        await self.may(tx, permit, action, shared=shared)
        kept = await self._lists.of(tx, scope_of(permit, shared=shared))
        if kept.words is None:
            raise GuardWordRefused(tr(texts.DAMAGED))
        return kept, {word.key: word for word in kept.words}


def scope_of(permit: Permit, *, shared: bool) -> GuardWordScope:
    """Whose list this permit's holder means."""
    if shared:
        assert permit.actor.guild is not None, "it is done on a server"
        return shared_scope(permit.actor.guild)
    assert permit.creator is not None, "the action is about a creator"
    return own_scope(permit.creator)


def _whose(*, shared: bool) -> str:
    return "server" if shared else "own"
