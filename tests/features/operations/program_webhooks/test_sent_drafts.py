"""An event about what may be a program's own draft waits until that is known."""

from typing import Any

import pytest

from bot.features.operations.program_webhooks.model import ProgramWebhook
from bot.features.operations.program_webhooks.sent_drafts import SentDraftLookup
from bot.model.errors import TryLater
from storage.database import Transaction
from storage.engine import draft_marks, outbox
from storage.records import DraftId, Effect
from tests.features.inbox.program_drafts.draft_room import KEY, DraftRoom
from tests.relay.relay_scenario import CREATOR

MINUTE = 60_000


def _event(message: str) -> dict[str, Any]:
    return {"type": "message.sent", "data": {"message": {"id": message}}}


def _webhook(key: str = KEY.id) -> ProgramWebhook:
    return ProgramWebhook("w", CREATOR, key, "https://n8n.example.com", "s", (), inside=False, made_at=0)


async def _taken(room: DraftRoom) -> tuple[str, Effect]:
    """A program's draft that a person sends, and the effect that does it."""
    draft = await room.drafts("hello you")
    await room.crash()  # nothing is carried out from here on
    await room.sends_draft(await room.opens_draft(draft))

    async def work(tx: Transaction) -> Effect | None:
        send = await draft_marks.newest_of_draft(tx, DraftId(draft.id))
        assert send is not None
        await outbox.begin(tx, send, room.clock.now())
        return await outbox.get(tx, send)

    effect = await room.database.write(work)
    assert effect is not None
    return draft.id, effect


async def test_what_is_told_while_the_draft_is_being_sent_waits_a_minute_at_most(room: DraftRoom) -> None:
    _, send = await _taken(room)
    lookup = SentDraftLookup(room.ground())
    event = _event("not known yet")

    with pytest.raises(TryLater):
        await lookup.completed(_webhook(), send, event)
    room.clock.at += MINUTE
    assert await lookup.completed(_webhook(), send, event) == event


async def test_another_keys_event_does_not_wait(room: DraftRoom) -> None:
    _, send = await _taken(room)
    lookup = SentDraftLookup(room.ground())
    event = _event("not known yet")

    assert await lookup.completed(_webhook("another"), send, event) == event
