"""What a draft proposes is kept as it was shown."""

from storage.database import Database, Transaction
from storage.engine import drafts, outbox
from storage.publishing import proposals
from storage.publishing.proposals import Proposal
from storage.records import CommandId, DraftId, LinkId, Stream
from tests.storage.record_fixtures import draft, new_effect

FIRST = DraftId("draft-1")
SHOWN = Proposal(FIRST, "mass", LinkId("link-1"), 3, CommandId("command-1"), b"sealed")


async def test_a_proposal_comes_back_as_it_was_shown_and_another_draft_has_none(database: Database) -> None:
    async def keep(tx: Transaction) -> None:
        await drafts.open_draft(tx, draft())
        await drafts.open_draft(tx, draft(2))
        await proposals.add(tx, SHOWN)

    await database.write(keep)

    assert await database.read(lambda tx: proposals.get(tx, FIRST)) == SHOWN
    assert await database.read(lambda tx: proposals.get(tx, DraftId("draft-2"))) is None


async def test_what_a_stream_was_given_since_a_time_is_told_settled_or_not(database: Database) -> None:
    stream = Stream("pr:creator-1:mass")

    async def add(tx: Transaction) -> None:
        for number, at in enumerate((10, 20, 30), start=1):
            await outbox.add(tx, new_effect(number, stream=stream, created_at=at))
        await outbox.add(tx, new_effect(4, created_at=30))

    await database.write(add)

    since = await database.read(lambda tx: outbox.in_stream(tx, stream, since=20))
    assert [effect.id for effect in since] == ["effect-2", "effect-3"]
