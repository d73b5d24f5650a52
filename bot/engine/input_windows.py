"""Windows in which something kept is written: saved once, within a day."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.model.language import msgid
from bot.model.ports import Clock, Ids
from storage.database import Transaction
from storage.engine import drafts
from storage.engine.drafts import Draft
from storage.records import CreatorId, DiscordId, DraftId, Millis

LIFE: Millis = 86_400_000
UNKNOWN = msgid("This window is no longer in use. Not saved: please start again.")
SAVED = msgid("This was already saved. Open it again to change it once more.")
EXPIRED = msgid("This window was open for more than a day. Not saved: please start again.")


class InputWindowExpired(Exception):
    """Raised for a window that saves nothing; str() says why and what to do."""


@dataclass(frozen=True)
class InputWindowHolder:
    """A window's owner, its creator and its server."""

    member: DiscordId
    creator: CreatorId | None
    guild: DiscordId | None


class InputWindows:
    """Those of one kind. Each method is part of the transaction that it is given."""

    def __init__(self, action: str, *, clock: Clock, ids: Ids, life: Millis = LIFE) -> None:
        """`action`: the kind's name in the table of drafts."""
        self._action = action
        self._clock = clock
        self._ids = ids
        self._life = life

    async def open(self, tx: Transaction, holder: InputWindowHolder, target: Mapping[str, Any]) -> DraftId:
        """A new one; `target` is what `saving` finds again, and goes through JSON."""
        now = self._clock.now()
        draft = Draft(
            id=DraftId(self._ids.new()),
            action=self._action,
            state="open",
            version=1,
            creator=holder.creator,
            target=json.dumps(target),
            owner=holder.member,
            guild=holder.guild,
            settled_by=None,
            settled_at=None,
            created_at=now,
            expires_at=now + self._life,
        )
        await drafts.open_draft(tx, draft)
        return draft.id

    async def of(self, tx: Transaction, ref: DraftId) -> Draft | None:
        """Return the window of this reference, in any state."""
        draft = await drafts.get(tx, ref)
        return draft if draft is not None and draft.action == self._action else None

    async def saving(self, tx: Transaction, ref: DraftId, holder: InputWindowHolder) -> dict[str, Any]:
        """Return its initial data, if it may still save. Raises InputWindowExpired."""
        draft = await self.of(tx, ref)
        if draft is None or (draft.owner, draft.creator, draft.guild) != (
            holder.member,
            holder.creator,
            holder.guild,
        ):
            raise InputWindowExpired(UNKNOWN)
        if draft.state == "saved":
            raise InputWindowExpired(SAVED)
        if draft.expires_at is not None and draft.expires_at <= self._clock.now():
            raise InputWindowExpired(EXPIRED)
        if draft.state != "open":  # closed with its holder's place in the team
            raise InputWindowExpired(UNKNOWN)
        found: dict[str, Any] = json.loads(draft.target)
        return found

    async def note(self, tx: Transaction, ref: DraftId, target: Mapping[str, Any]) -> None:
        """Let `saving` find this from now on; after `saving`, in its transaction."""
        await drafts.retarget(tx, ref, target=json.dumps(target))

    async def saved(self, tx: Transaction, ref: DraftId, holder: InputWindowHolder) -> None:
        """It did what it was opened for; after `saving`, in its transaction."""
        now = self._clock.now()
        done = await drafts.settle(tx, ref, version=1, state="saved", by=holder.member, now=now)
        assert done, "it was open in this transaction"
