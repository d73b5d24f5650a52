"""A lead's open pages: a row for each page that a button leads to (R10)."""

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any, TypeVar

from bot.access.permits import Actor
from bot.features.people.reviews.choice_rules import PAGE
from bot.relay.context import Context
from bot.relay.review_wishes import SentRepliesOrder, SentRepliesWish, StoppedRepliesWish
from storage.database import Transaction
from storage.engine import drafts
from storage.engine.drafts import Draft
from storage.records import DraftId, Millis

W = TypeVar("W", SentRepliesWish, StoppedRepliesWish)
_SENT, _STOPPED = "review.sent.look", "review.blocked.look"
_LIFE: Millis = 86_400_000


class ReviewPageRecords:
    """Part of the caller's transaction throughout. A row is its reader's alone, on the server it was for."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def keep(
        self, tx: Transaction, wish: SentRepliesWish | StoppedRepliesWish, reader: Actor
    ) -> DraftId:
        """Keep it; return its button's reference."""
        now, ref = self._ctx.clock.now(), DraftId(self._ctx.ids.new())
        row = Draft(
            id=ref,
            action=_SENT if isinstance(wish, SentRepliesWish) else _STOPPED,
            state="open",
            version=1,
            creator=None,  # there may be several; the permits at the press say which
            target=json.dumps(asdict(wish)),
            owner=reader.user,
            guild=reader.guild,
            settled_by=None,
            settled_at=None,
            created_at=now,
            expires_at=now + _LIFE,
        )
        await drafts.open_draft(tx, row)
        return ref

    async def around(
        self, tx: Transaction, wish: SentRepliesWish | StoppedRepliesWish, rows: int, reader: Actor
    ) -> tuple[DraftId | None, DraftId | None]:
        """References for the buttons to the pages before and after this one, if any."""
        newer = older = None
        if wish.number > 0:
            newer = await self.keep(tx, replace(wish, number=wish.number - 1), reader)
        if (wish.number + 1) * PAGE < rows:
            older = await self.keep(tx, replace(wish, number=wish.number + 1), reader)
        return newer, older

    async def sent(self, tx: Transaction, ref: str, reader: Actor) -> SentRepliesWish | None:
        """The page of a button; None: it is nobody's, somebody else's, or too old."""
        return await self._read(tx, ref, reader, _SENT, _sent_of)

    async def stopped(self, tx: Transaction, ref: str, reader: Actor) -> StoppedRepliesWish | None:
        """The same for what was stopped."""
        return await self._read(tx, ref, reader, _STOPPED, lambda found: StoppedRepliesWish(**found))

    async def _read(
        self, tx: Transaction, ref: str, reader: Actor, action: str, made: Callable[[dict[str, Any]], W]
    ) -> W | None:
        draft = await drafts.get(tx, DraftId(ref))
        theirs = (action, "open", reader.user, reader.guild)
        if draft is None or (draft.action, draft.state, draft.owner, draft.guild) != theirs:
            return None
        if draft.expires_at is None or draft.expires_at <= self._ctx.clock.now():
            return None
        return made(json.loads(draft.target))


def _sent_of(found: dict[str, Any]) -> SentRepliesWish:
    return SentRepliesWish(**{**found, "order": SentRepliesOrder(found["order"])})
