"""Keeps what a button of a pause leads to; the button carries only the row's id."""

import json
from collections.abc import Mapping
from typing import Any

from bot.relay.context import Context
from storage.database import Transaction
from storage.engine import drafts
from storage.engine.drafts import Draft
from storage.records import CreatorId, DiscordId, DraftId


class PauseButtonTargets:
    """Rows that belong to one person, and say what is meant."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def keep(
        self,
        tx: Transaction,
        action: str,
        target: Mapping[str, Any],
        *,
        creator: CreatorId | None,
        owner: DiscordId,
        guild: DiscordId,
    ) -> DraftId:
        """The id for the button; `target` is what it will mean, as JSON."""
        draft = Draft(
            id=DraftId(self._ctx.ids.new()),
            action=action,
            state="open",
            version=1,
            creator=creator,
            target=json.dumps(target),
            owner=owner,
            guild=guild,
            settled_by=None,
            settled_at=None,
            created_at=self._ctx.clock.now(),
            expires_at=None,
        )
        await drafts.open_draft(tx, draft)
        return draft.id
