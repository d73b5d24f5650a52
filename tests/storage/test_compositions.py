"""A preview is known to be confirmed by the press that asked for it."""

import pytest

from storage.database import Database, Transaction
from storage.engine import commands, drafts
from storage.engine.drafts import Draft
from storage.publishing import compositions, proposals
from storage.publishing.proposals import Proposal
from storage.records import Command, CommandId, CommandState, DiscordId, DraftId, LinkId
from tests.storage.record_fixtures import CREATOR

OWNER, GUILD = DiscordId(1), DiscordId(2)


async def shown(tx: Transaction, interaction: str, draft: str, *, state: str, pressed: str = "") -> None:
    """A preview that a command asked for, or that a press on an earlier preview showed anew."""
    command = Command(
        id=CommandId(f"c-{interaction}"),
        interaction=interaction,
        actor=OWNER,
        actor_name="Olivia",
        guild=GUILD,
        channel=DiscordId(3),
        creator=CREATOR,
        action="mass.press" if pressed else "mass.propose",
        target=pressed,
        body=b"sealed",
        state=CommandState.STAGED,
        created_at=5,
        token=b"sealed",
    )
    settled = None if state == "open" else 77
    await commands.stage(tx, command)
    await drafts.open_draft(
        tx,
        Draft(
            id=DraftId(draft),
            action="mass.propose",
            state=state,
            version=1,
            creator=CREATOR,
            target="{}",
            owner=OWNER,
            guild=GUILD,
            settled_by=None,
            settled_at=settled,
            created_at=5,
            expires_at=None,
        ),
    )
    await proposals.add(tx, Proposal(DraftId(draft), "mass", LinkId("l"), 1, command.id, b"sealed"))


@pytest.mark.parametrize(
    ("states", "at"),
    [
        (["open"], None),
        (["cancelled"], None),
        (["confirmed"], 77),
        (["replaced", "open"], None),
        (["replaced", "confirmed"], 77),
        (["replaced", "replaced", "confirmed"], 77),
    ],
)
async def test_it_is_followed_through_all_that_was_shown_anew(
    known: Database, states: list[str], at: int | None
) -> None:
    async def work(tx: Transaction) -> tuple[int | None, int | None]:
        for number, state in enumerate(states):
            before = f"d{number - 1}" if number else ""
            await shown(tx, f"i{number}", f"d{number}", state=state, pressed=before)
        await shown(tx, "other", "elsewhere", state="confirmed")
        return await compositions.confirmed_at(tx, "i0"), await compositions.confirmed_at(tx, "nobody's")

    assert await known.write(work) == (at, None)
