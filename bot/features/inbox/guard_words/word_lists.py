"""Reads and keeps the lists, and says which of their words a text has."""

import functools
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.engine.audit_log import server_of_act
from bot.features.inbox.guard.folded_text import StepCounter
from bot.features.inbox.guard.packs import GuardLevel
from bot.features.inbox.guard_words.rules import (
    LEVELS,
    GuardWord,
    GuardWordRefused,
    checked_word,
    matcher_of,
    read_text,
    steps_for,
)
from bot.model.errors import SealDamaged
from bot.relay.context import Context
from storage.database import Transaction
from storage.inbox import guard_words
from storage.inbox.guard_words import ANYWHERE, SHARED, StoredGuardWords
from storage.people import consents
from storage.records import CreatorId, DiscordId, Millis


@dataclass(frozen=True)
class GuardWordScope:
    """Whose list: a creator's own, or a server's for all its creators."""

    guild: DiscordId
    creator: CreatorId

    @property
    def shared(self) -> bool:
        return self.creator == SHARED


@dataclass(frozen=True)
class GuardWordList:
    """A list as it is now. `words` None: it is damaged. `at`: when it was changed; 0: there is none."""

    scope: GuardWordScope
    words: tuple[GuardWord, ...] | None = ()
    at: Millis = 0


@dataclass(frozen=True)
class ForbiddenWord:
    """A word that a text has. `phrase` None: the list could not be compared with it."""

    phrase: str | None
    level: GuardLevel
    shared: bool
    at: Millis  # when its list was changed


class GuardWordLists:
    """Every method is part of the caller's transaction; rights were asked for before."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def of(self, tx: Transaction, scope: GuardWordScope) -> GuardWordList:
        """A list, empty where nobody wrote one."""
        kept = await guard_words.get(tx, scope.guild, scope.creator)
        return self._opened(kept) if kept is not None else GuardWordList(scope)

    async def find(
        self, tx: Transaction, text: str, creator: CreatorId, guild: DiscordId | None
    ) -> list[ForbiddenWord]:
        """What the text has, of the creator's list and of the server's.

        `guild` None: the interaction's that is worked for; without one, all servers that the creator is on.
        """
        if not text:
            return []
        server = guild or server_of_act()
        servers = [server] if server else await _servers_of(tx, creator)
        lists = [self._opened(kept) for kept in await guard_words.acting(tx, creator, servers)]
        return forbidden_in(text, lists)

    async def put(
        self, tx: Transaction, before: GuardWordList, words: Iterable[GuardWord], by: DiscordId
    ) -> None:
        """Keep a list in place of what it was."""
        scope = before.scope
        body = json.dumps([(one.phrase, one.level) for one in words]).encode()
        # Later than before, whatever the clock says: by this a question knows that it was overtaken.
        at = max(self._ctx.clock.now(), before.at + 1)
        sealed = self._ctx.sealer.seal(place_of_list(scope), body)
        await guard_words.put(tx, StoredGuardWords(scope.guild, scope.creator, sealed, by, at))

    def _opened(self, kept: StoredGuardWords) -> GuardWordList:
        scope = GuardWordScope(kept.guild, kept.creator)
        try:
            words = _unpacked(self._ctx.sealer.open(place_of_list(scope), kept.body))
        except (SealDamaged, ValueError, GuardWordRefused):
            words = None
        return GuardWordList(scope, words, kept.at)


def own_scope(creator: CreatorId) -> GuardWordScope:
    return GuardWordScope(ANYWHERE, creator)


def shared_scope(guild: DiscordId) -> GuardWordScope:
    return GuardWordScope(guild, SHARED)


def forbidden_in(text: str, lists: Sequence[GuardWordList]) -> list[ForbiddenWord]:
    """The words of these lists that a text has. What cannot be compared counts as held: a lead looks."""
    if not any(one.words != () for one in lists):
        return []
    seen, most = read_text(text, StepCounter()), steps_for(text)
    found = []
    for kept in lists:
        shared, words = kept.scope.shared, {one.key: one for one in kept.words or ()}
        result = matcher_of(tuple(words)).find(seen, most) if words else None
        hits = [words[key] for key in result.keys] if result is not None else []
        found += [ForbiddenWord(one.phrase, one.level, shared, kept.at) for one in hits]
        if kept.words is None or (result is not None and not result.whole):
            strictest = max((one.level for one in words.values()), key=LEVELS.index, default=GuardLevel.HOLD)
            found.append(ForbiddenWord(None, strictest, shared, kept.at))
    return found


@functools.lru_cache(maxsize=32)
def _unpacked(body: bytes) -> tuple[GuardWord, ...]:
    """Keys are made anew, so that a list means what this version reads."""
    words = (checked_word(phrase, GuardLevel(level)) for phrase, level in json.loads(body))
    return tuple({one.key: one for one in words}.values())


async def _servers_of(tx: Transaction, creator: CreatorId) -> list[DiscordId]:
    left = await consents.left(tx, creator)
    return [guild for guild in await consents.places(tx, creator) if guild not in left]


def place_of_list(scope: GuardWordScope) -> str:
    """The place that a list is sealed for."""
    return f"guard_words|body|{scope.guild}|{scope.creator}"


def strictest(found: Iterable[ForbiddenWord]) -> GuardLevel:
    return max((one.level for one in found), key=list(GuardLevel).index, default=GuardLevel.OFF)


def mark_of(found: Iterable[ForbiddenWord]) -> str:
    """Lists and levels in one line, for a yes: no word, which is kept in clear there."""
    return " ".join(sorted({f"{'server' if one.shared else 'own'}:{one.level}:{one.at}" for one in found}))
