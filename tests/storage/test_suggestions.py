"""Versions of suggested posts: which counts, which wait, and for whom."""

from storage.database import Database, Transaction
from storage.engine import drafts
from storage.engine.drafts import Draft
from storage.publishing import proposals, suggestions
from storage.publishing.proposals import Proposal
from storage.publishing.suggestions import PostSuggestion
from storage.records import CommandId, CreatorId, DiscordId, DraftId, LinkId

CREATOR, GUILD, VICTOR = CreatorId("creator"), DiscordId(9), DiscordId(1)


async def version(
    database: Database, first: str, number: int, *, state: str = "open", own: bool = False
) -> None:
    """A version made at that number; it waits until 100."""
    ref = DraftId(f"{first}{number}")
    owner = VICTOR if own else None
    draft = Draft(
        ref, "post.propose", state, number, CREATOR, "{}", owner, GUILD, None, None, number, expires_at=100
    )
    one = PostSuggestion(ref, DraftId(f"{first}1"), number, CREATOR, GUILD, VICTOR, made_at=number)

    async def work(tx: Transaction) -> None:
        await drafts.open_draft(tx, draft)
        await proposals.add(tx, Proposal(ref, "post", LinkId("link"), 1, CommandId("asked"), b"sealed"))
        await suggestions.add(tx, one)

    await database.write(work)


async def test_what_waits_is_listed_as_it_was_put_up_and_a_change_does_not_put_it_last(
    database: Database,
) -> None:
    await version(database, "a", 1, state="replaced")
    await version(database, "b", 1, state="returned")
    await version(database, "b", 2, own=True)
    await version(database, "a", 3)
    await version(database, "c", 1, state="confirmed")

    waiting = await database.read(lambda tx: suggestions.waiting(tx, [CREATOR], GUILD, now=50))
    elsewhere = await database.read(lambda tx: suggestions.waiting(tx, [CREATOR], DiscordId(8), now=50))
    late = await database.read(lambda tx: suggestions.waiting(tx, [CREATOR], GUILD, now=100))
    written = await database.read(lambda tx: suggestions.written(tx, VICTOR, GUILD, now=50))
    newest = await database.read(lambda tx: suggestions.newest(tx, DraftId("a1")))

    assert [one.draft for one in waiting] == ["a3"]
    assert elsewhere == late == []
    assert [one.draft for one in written] == ["a3", "b2"]
    assert (newest.draft, newest.first, newest.writer, newest.edited_by) == ("a3", "a1", VICTOR, None)
