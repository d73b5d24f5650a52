"""What did not leave as it was written, by whom, and what became of it."""

from dataclasses import replace
from typing import Any

import pytest

from storage.database import Database, Transaction, Value
from storage.engine import audit_log, commands
from storage.engine.audit_chain import AuditChain
from storage.engine.audit_log import AuditEntry
from storage.people import stopped_attempts
from storage.people.stopped_attempts import StoppedAttempt, StoppedAttemptFilter
from storage.records import CommandId, DiscordId, Pseudonym
from tests.storage.query_plans import plan_of, whole_tables
from tests.storage.record_fixtures import CREATOR, OTHER_CREATOR, command

MARA, THEO, LEAD = DiscordId(30), DiscordId(31), DiscordId(32)
NOW, ALL = 10_000_000_000, 100
NORA = Pseudonym("nora")
CHAIN = AuditChain(b"k" * 32)


class AuditedLines:
    """Lines of the audit as they are written."""

    def __init__(self, tx: Transaction) -> None:
        self.tx = tx
        self.number = 0

    async def begin(self) -> None:
        """Three commands of two members."""
        await audit_log.begin(self.tx, CHAIN, key=b"sealed", now=0)
        for number, by in enumerate((MARA, MARA, THEO)):
            await commands.stage(self.tx, command(number, actor=by, actor_name=f"name {by}"))

    async def wrote(
        self, action: str, outcome: str, *, by: DiscordId = MARA, about: int = 0, **other: Any
    ) -> None:
        """One line more, a second later."""
        self.number += 1
        line = AuditEntry(
            id=f"line-{self.number}",
            at=NOW + self.number,
            actor=by,
            creator=CREATOR,
            action=action,
            target="",
            cause=CommandId(f"command-{about}"),
            outcome=outcome,
            fan=NORA,
        )
        await audit_log.write(self.tx, CHAIN, replace(line, **other))

    async def goes_by(self) -> None:
        """What leads look back at, and what they do not."""
        await self.begin()
        await self.wrote("guard.payment", "held")
        await self.wrote("guard.meeting", "warned")
        await self.wrote("guard.meeting", "anyway")
        await self.wrote("reply", "accepted")
        await self.wrote("reply.return", "done", by=LEAD, about=1)
        await self.wrote("reply.approve_edited", "done", by=LEAD, about=2)
        await self.wrote("reply.approve", "done", by=LEAD, about=2)
        await self.wrote("guard.age.all", "blocked", by=THEO, cause=None, fan=None)
        await self.wrote("guard.set", "done", by=LEAD)
        await self.wrote("guard.payment", "denied", by=LEAD)
        await self.wrote("guard.payment", "blocked", creator=OTHER_CREATOR)


async def looked(known: Database, wanted: StoppedAttemptFilter, limit: int = ALL) -> list[StoppedAttempt]:
    """What is found after that evening."""

    async def work(tx: Transaction) -> list[StoppedAttempt]:
        await AuditedLines(tx).goes_by()
        return await stopped_attempts.found(tx, wanted, limit=limit)

    return await known.write(work)


async def test_attempts_and_what_leads_did_not_let_pass_newest_first(known: Database) -> None:
    blocked, edited, returned, warned, held = await looked(known, StoppedAttemptFilter(CREATOR, NOW))

    assert (blocked.action, blocked.outcome, blocked.writer, blocked.fan) == (
        "guard.age.all",
        "blocked",
        THEO,
        None,
    )
    assert (edited.action, edited.writer, edited.lead) == (stopped_attempts.EDITED, THEO, LEAD)
    assert (returned.action, returned.writer, returned.lead) == (stopped_attempts.RETURNED, MARA, LEAD)
    assert (returned.writer_name, returned.fan) == ("name 30", NORA)
    assert (warned.action, warned.anyway, warned.lead) == ("guard.meeting", True, None)
    assert (held.action, held.anyway, held.at) == ("guard.payment", False, NOW + 1)


@pytest.mark.parametrize(
    ("wanted", "seconds"),
    [
        (StoppedAttemptFilter(CREATOR, NOW, member=MARA), [5, 2, 1]),
        (StoppedAttemptFilter(CREATOR, NOW, member=THEO), [8, 6]),
        (StoppedAttemptFilter(CREATOR, NOW, member=LEAD), []),
        (StoppedAttemptFilter(CREATOR, NOW, action="guard.age"), [8]),
        (StoppedAttemptFilter(CREATOR, NOW, action=stopped_attempts.RETURNED), [5]),
        (StoppedAttemptFilter(CREATOR, NOW, member=THEO, action=stopped_attempts.EDITED), [6]),
        (StoppedAttemptFilter(CREATOR, NOW + 6), [8, 6]),
        (StoppedAttemptFilter(OTHER_CREATOR, NOW), [11]),
    ],
)
async def test_only_what_fits_is_found(
    known: Database, wanted: StoppedAttemptFilter, seconds: list[int]
) -> None:
    assert [one.at - NOW for one in await looked(known, wanted)] == seconds


async def test_of_the_newest_only_so_many_are_read(known: Database) -> None:
    assert [one.at - NOW for one in await looked(known, StoppedAttemptFilter(CREATOR, NOW), limit=2)] == [
        8,
        6,
    ]


async def test_whose_a_returned_reply_was_may_be_forgotten(known: Database) -> None:
    async def work(tx: Transaction) -> list[StoppedAttempt]:
        evening = AuditedLines(tx)
        await evening.begin()
        await evening.wrote("reply.return", "done", by=LEAD, about=77)
        return await stopped_attempts.found(tx, StoppedAttemptFilter(CREATOR, NOW), limit=ALL)

    (returned,) = await known.write(work)

    assert (returned.writer, returned.lead) == (None, LEAD)


async def test_no_whole_table_is_read(known: Database, url: str) -> None:
    given: dict[str, Value] = {"creator": CREATOR, "since": NOW, "member": MARA, "limit": 9}

    plan = await plan_of(known, url, stopped_attempts.FOUND, {**given, "action": "guard.age"})

    assert whole_tables(plan) == []
    assert any("audit_stopped" in step for step in plan)
