"""/team audit: a page of the record about one creator, filtered, newest first.

What somebody has open lies in memory only: a list that is closed costs one command. A button carries a
random id; it belongs to one person, who must still be allowed to read this creator's audit at the click.
"""

from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial

from bot.engine.pseudonyms import Pseudonyms
from bot.features.people.audit import action_texts, texts
from bot.model.language import tr
from bot.model.ports import Clock, Ids, Post
from bot.relay.fan_labels import choices_of
from bot.relay.impostors import label_of
from bot.text.safe_text import safe
from storage.database import Database, Transaction
from storage.inbox import fans, threads
from storage.people import audit_acts, creators
from storage.people.audit_acts import ActFilter, AuditedAct
from storage.records import CreatorId, DiscordId, Millis, Pseudonym

ON_A_PAGE = 10
_OPEN_FOR: Millis = 15 * 60 * 1000
_MOST = 600  # pages that are open at once
_DAY: Millis = 86_400_000
_SUGGESTED, _WORDS = 25, 100  # fans, and characters of each
_PSEUDONYM = 32  # characters


@dataclass(frozen=True)
class OpenAuditPage:
    """One person's open page: `cursors` are the numbers before which it and the pages above it begin."""

    owner: DiscordId
    wanted: ActFilter
    cursors: tuple[int | None, ...] = (None,)


class AuditService:
    """Pages of the audit. Who may read which creator's is the caller's to check."""

    def __init__(self, *, database: Database, pseudonyms: Pseudonyms, clock: Clock, ids: Ids) -> None:
        self._database = database
        self._pseudonyms = pseudonyms
        self._clock = clock
        self._ids = ids
        self._open: OrderedDict[str, tuple[Millis, OpenAuditPage]] = OrderedDict()

    async def look(
        self,
        creator: CreatorId,
        owner: DiscordId,
        *,
        channel: DiscordId | None = None,
        member: DiscordId | None = None,
        kind: str | None = None,
        fan: str | None = None,
        days: int | None = None,
    ) -> Post | str:
        """The first page; in a fan's thread, if no other fan is named, the actions for this fan.

        `kind`: one of `bot.features.people.audit.action_texts`; `fan`: a value from `suggest`, or a name.
        """
        since = self._clock.now() - days * _DAY if days is not None else 0
        denied = kind == action_texts.DENIED
        wanted = ActFilter(
            creator, member, action_texts.KINDS.get(kind or "", ()), denied, since=max(since, 0)
        )

        async def work(tx: Transaction) -> tuple[bool, Pseudonym | None]:
            return await self._whom(tx, creator, fan, channel)

        meant, name = await self._database.read(work)
        if meant and name is None:
            return tr(texts.NOTHING) if fan is None else tr(texts.WHICH_FAN)
        return await self._shown(OpenAuditPage(owner, replace(wanted, fan=name)))

    async def turn(self, ref: str, owner: DiscordId, creators: Collection[CreatorId]) -> Post | str:
        """The page that a button leads to; `creators`: those whose audit log this person may read now."""
        until, page = self._open.get(ref, (0, None))
        if page is None or self._clock.now() >= until:
            return tr(texts.CLOSED)
        if page.owner != owner or page.wanted.creator not in creators:
            return tr(texts.CLOSED)
        return await self._shown(page)

    async def suggest(self, creator: CreatorId, typed: str) -> Sequence[tuple[str, str]]:
        """Fans to offer whose handle or name begins so: the text shown, and their pseudonym."""

        async def work(tx: Transaction) -> list[tuple[str, str]]:
            found = await fans.search(tx, creator, typed.strip().lstrip("@"), _SUGGESTED)
            words = await choices_of(tx, found, longest=_WORDS)
            named = [await self._pseudonyms.known(tx, creator, fan.id) for fan in found]
            return [(said, name) for said, name in zip(words, named, strict=True) if name is not None]

        return await self._database.read(work)

    async def _whom(
        self, tx: Transaction, creator: CreatorId, typed: str | None, channel: DiscordId | None
    ) -> tuple[bool, Pseudonym | None]:
        """Whether one fan is meant, and which; None: nobody, or nothing was ever written about them."""
        if typed is not None:
            if len(typed) == _PSEUDONYM and not set(typed) - set("0123456789abcdef"):
                return True, Pseudonym(typed)
            found = await fans.search(tx, creator, typed.strip().lstrip("@"), 2)
            one = found[0] if len(found) == 1 else None
            return True, None if one is None else await self._pseudonyms.known(tx, creator, one.id)
        here = await threads.by_discord(tx, channel) if channel is not None else None
        if here is None or here.creator != creator:
            return False, None
        return True, await self._pseudonyms.known(tx, creator, here.fan)

    async def _shown(self, page: OpenAuditPage) -> Post:
        found, known, handle = await self._database.read(partial(self._read, page=page))
        shown = found[:ON_A_PAGE]
        older = newer = None
        if len(found) > ON_A_PAGE:
            older = self._put(replace(page, cursors=(*page.cursors, shown[-1].seq)))
        if len(page.cursors) > 1:
            newer = self._put(replace(page, cursors=page.cursors[:-1]))
        return texts.page(shown, known, about=handle, newer=newer, older=older)

    async def _read(
        self, tx: Transaction, page: OpenAuditPage
    ) -> tuple[list[AuditedAct], dict[Pseudonym, str], str]:
        wanted = page.wanted
        found = await audit_acts.found(tx, wanted, before=page.cursors[-1], limit=ON_A_PAGE + 1)
        names = {act.line.fan for act in found if act.line.fan is not None}
        whose = await self._pseudonyms.whose(tx, wanted.creator, names)
        known = {name: await fans.get(tx, wanted.creator, fan) for name, fan in whose.items()}
        creator = await creators.get(tx, wanted.creator)
        about = tr("About @{handle}", handle=safe(creator.handle)) if creator is not None else ""
        return found, {name: await label_of(tx, fan) for name, fan in known.items() if fan is not None}, about

    def _put(self, page: OpenAuditPage) -> str:
        ref = self._ids.new()
        self._open[ref] = (self._clock.now() + _OPEN_FOR, page)
        while len(self._open) > _MOST:
            self._open.popitem(last=False)
        return ref
