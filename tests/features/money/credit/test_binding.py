"""A reassignment belongs to its sale, whatever becomes of the row."""

from collections.abc import Sequence

from storage.database import Database, Transaction
from storage.money import credit_moves, credit_sent, credited_sales, earning_events, earnings
from storage.money.credit_moves import SaleReassignment
from storage.money.credit_sent import SentItem
from storage.money.credited_sales import Sale, SaleFilter
from storage.money.earning_events import EarningEvent
from storage.money.earnings import LedgerRow
from storage.publishing import campaigns
from storage.publishing.campaigns import Campaign
from storage.records import DiscordId, EffectId, FactId, Pseudonym
from tests.storage.record_fixtures import CREATOR

ADA, MIA, TOM = Pseudonym("a" * 32), DiscordId(11), DiscordId(12)
FACT, ROW, AGAIN = FactId("fact"), "a" * 32, "b" * 32
_TOLD = EarningEvent(FACT, 50, "message", 700, fan=ADA, payment="pay", message="m1")


def row(key: str) -> LedgerRow:
    return LedgerRow(key, 51, "message", 700, 560, "USD", order=key, fan=ADA, message="m1")


async def reassigned(tx: Transaction, name: str, to: DiscordId | None, *, at: int, **bound: str) -> None:
    """Somebody has said yes to it."""
    fact = bound.get("fact")
    move = SaleReassignment(
        id=name,
        row=bound.get("row"),
        fact=FactId(fact) if fact else None,
        fan=ADA,
        member=to,
        back=False,
        at=at,
        by=DiscordId(1),
        body=None,
    )
    await credit_moves.ask(tx, CREATOR, move, b"sealed")
    await credit_moves.hold(tx, name, row=None, at=at)


async def given(database: Database, told: Sequence[FactId] = ()) -> list[tuple[str, DiscordId | None]]:
    """To whom each sale is given that is given to somebody."""
    wanted = SaleFilter(CREATOR, 0, 100, 10, told)
    found: list[Sale] = await database.read(lambda tx: credited_sales.sales(tx, wanted, limit=10))
    groups = await database.read(lambda tx: credited_sales.groups(tx, wanted))
    assert sum(one.number for one in groups) == len(found)
    return [(one.key, one.given) for one in found if one.move is not None]


async def test_what_was_told_live_keeps_it_when_its_row_comes_goes_and_comes_as_another(
    known: Database,
) -> None:
    await known.write(lambda tx: earning_events.add(tx, CREATOR, _TOLD))
    await known.write(lambda tx: reassigned(tx, "one", TOM, at=60, fact=FACT))
    live = await given(known, [FACT])
    await known.write(lambda tx: earnings.put(tx, CREATOR, row(ROW)))
    await known.write(lambda tx: earning_events.pair(tx, CREATOR, [(FACT, ROW)]))
    await known.write(lambda tx: earnings.forget_reads(tx, CREATOR))
    listed = await given(known)
    await known.write(lambda tx: earnings.lose(tx, CREATOR, [ROW], now=90))
    lost = await given(known, [FACT])
    await known.write(lambda tx: earnings.put(tx, CREATOR, row(AGAIN)))
    await known.write(lambda tx: earning_events.pair(tx, CREATOR, [(FACT, AGAIN)]))

    assert live == [(FACT, TOM)]
    assert listed == [(ROW, TOM)]
    assert lost == [(FACT, TOM)]
    assert await given(known) == [(AGAIN, TOM)]


async def test_of_two_that_meet_in_one_row_the_newer_holds_and_nothing_counts_twice(known: Database) -> None:
    await known.write(lambda tx: earning_events.add(tx, CREATOR, _TOLD))
    await known.write(lambda tx: earnings.put(tx, CREATOR, row(ROW)))
    await known.write(lambda tx: reassigned(tx, "old", TOM, at=60, fact=FACT))
    await known.write(lambda tx: reassigned(tx, "new", MIA, at=61, row=ROW))
    await known.write(lambda tx: earning_events.pair(tx, CREATOR, [(FACT, ROW)]))

    assert await given(known) == [(ROW, MIA)]


async def test_a_question_without_an_answer_changes_nothing_and_goes(known: Database) -> None:
    move = SaleReassignment("asked", ROW, None, ADA, TOM, False, 10, MIA, None)
    await known.write(lambda tx: earnings.put(tx, CREATOR, row(ROW)))
    await known.write(lambda tx: credit_moves.ask(tx, CREATOR, move, b"sealed"))

    assert await given(known) == []
    await known.write(lambda tx: credit_moves.drop_asked(tx, before=11))
    assert await known.read(lambda tx: credit_moves.get(tx, CREATOR, "asked")) is None


async def test_a_reason_goes_with_its_fan_and_the_line_stays(known: Database) -> None:
    await known.write(lambda tx: reassigned(tx, "one", TOM, at=60, row=ROW))

    await known.write(lambda tx: credit_moves.forget(tx, CREATOR, ADA))

    kept = await known.read(lambda tx: credit_moves.get(tx, CREATOR, "one"))
    assert kept is not None
    assert (kept.body, kept.member, kept.row) == (None, TOM, ROW)


async def test_a_mass_message_is_its_launchers(known: Database) -> None:
    made = Campaign(CREATOR, "mass1", EffectId("effect"), MIA, 20, None, None, 0, None)
    await known.write(lambda tx: campaigns.follow(tx, made))

    missing = await known.read(lambda tx: credit_sent.to_many_missing(tx, CREATOR, posted="x"))
    await known.write(lambda tx: credit_sent.add_to_many(tx, CREATOR, posted="x"))

    assert missing
    assert not await known.read(lambda tx: credit_sent.to_many_missing(tx, CREATOR, posted="x"))
    assert await known.read(lambda tx: credit_sent.get(tx, CREATOR, "mass1")) == SentItem(
        "mass1", "mass", 20, None, MIA
    )


async def test_what_seemed_to_come_from_fanvue_itself_becomes_its_members(known: Database) -> None:
    """The echo of a reply came before anybody knew that it was one; a later echo takes nothing away."""
    elsewhere, reply = SentItem("m1", "elsewhere", 20, ADA), SentItem("m1", "reply", 21, ADA, MIA)

    for one in (elsewhere, reply, elsewhere):
        await known.write(lambda tx, one=one: credit_sent.add(tx, CREATOR, one))  # type: ignore[misc]

    assert await known.read(lambda tx: credit_sent.get(tx, CREATOR, "m1")) == SentItem(
        "m1", "reply", 20, ADA, MIA
    )


async def test_what_is_old_goes(known: Database) -> None:
    for number in range(3):
        one = SentItem(f"m{number}", "reply", number, ADA, MIA)
        await known.write(lambda tx, one=one: credit_sent.add(tx, CREATOR, one))  # type: ignore[misc]

    gone = await known.write(lambda tx: credit_sent.prune(tx, CREATOR, before=2, limit=10))

    assert gone == 2
    assert await known.read(lambda tx: credit_sent.get(tx, CREATOR, "m2")) is not None


async def test_a_post_is_whoevers_press_published_it_and_one_that_was_not_is_nobodys(known: Database) -> None:
    async def published(tx: Transaction, item: str, state: str) -> None:
        await tx.execute(
            """INSERT INTO drafts (id, action, state, version, creator_uuid, target, settled_by, created_at)
               VALUES (:draft, 'post', 'yes', 1, :creator, '{}', :by, 1)""",
            draft=f"draft-{item}",
            creator=CREATOR,
            by=MIA,
        )
        await tx.execute(
            """INSERT INTO outbox (id, stream, seq, network, kind, creator_uuid, cause, part, body_ct, state,
                                   external_id, nonce, created_at, settled_at)
               VALUES (:id, :id, 1, 'fanvue', 'propose.post', :creator, :cause, 'do', :body, :state, :item,
                       'n', 1, 30)""",
            id=f"effect-{item}",
            creator=CREATOR,
            cause=f"draft-{item}",
            body=b"sealed",
            state=state,
            item=item,
        )

    await known.write(lambda tx: published(tx, "there", "done"))
    await known.write(lambda tx: published(tx, "refused", "rejected"))

    await known.write(lambda tx: credit_sent.add_to_many(tx, CREATOR, posted="propose.post"))

    assert await known.read(lambda tx: credit_sent.get(tx, CREATOR, "refused")) is None
    kept = await known.read(lambda tx: credit_sent.get(tx, CREATOR, "there"))
    assert kept == SentItem("there", "post", 30, None, MIA)
