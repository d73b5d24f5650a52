"""The states of an effect (R4): each step that is allowed, and each not."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

import pytest

from storage.database import Database, Row, Transaction
from storage.engine import outbox, queues, sent_message_ids, stream_heads, unresolved_effects
from storage.operations import attention
from storage.records import Effect, EffectId, EffectState, FanId, Stream
from tests.storage.record_fixtures import CREATOR, FAN, OTHER_CREATOR, new_effect

FIRST = EffectId("effect-1")
STREAM = Stream("fv:creator-1:fan-1")


async def ended(tx: Transaction, state: EffectState) -> None:
    """What is left is asked elsewhere."""
    await stream_heads.end(tx, FIRST, state, now=60)


Step = Callable[[Transaction], Awaitable[object]]
STEPS: dict[str, Step] = {
    "begin": lambda tx: outbox.begin(tx, FIRST, 50),
    "later": lambda tx: outbox.later(tx, FIRST, not_before=60, reason="busy", charge=True),
    "doubt": lambda tx: unresolved_effects.doubt(tx, FIRST, not_before=60, reason="no answer"),
    "reopen": lambda tx: unresolved_effects.reopen(tx, FIRST, now=60, forget=False),
    "again": lambda tx: attention.again(tx, FIRST, now=60),
    "give up": lambda tx: attention.give_up(tx, FIRST, now=60),
    "found": lambda tx: attention.found(tx, FIRST, now=60, external_id="m"),
    "rewrite": lambda tx: outbox.rewrite(tx, FIRST, kind="note", body=b"other"),
    "recover": lambda tx: queues.recover(tx, FIRST, now=50, not_before=60),
    **{
        f"settle as {end.value}": partial(ended, state=end)
        for end in (EffectState.DONE, EffectState.REJECTED, EffectState.ABSENT, EffectState.CANCELLED)
    },
}
# From → step → to. Whatever is not in this table leaves the effect exactly as it was.
ALLOWED = {
    ("pending", "begin"): "sending",
    ("pending", "rewrite"): "pending",
    ("pending", "settle as done"): "done",
    ("pending", "settle as rejected"): "rejected",
    ("pending", "settle as absent"): "absent",
    ("pending", "settle as cancelled"): "cancelled",
    ("sending", "later"): "pending",
    ("sending", "doubt"): "unknown",
    ("sending", "rewrite"): "pending",
    ("sending", "recover"): "unknown",
    ("sending", "settle as done"): "done",
    ("sending", "settle as rejected"): "rejected",
    ("sending", "settle as absent"): "absent",
    ("sending", "settle as cancelled"): "cancelled",
    ("unknown", "doubt"): "unknown",
    ("unknown", "reopen"): "pending",
    ("unknown", "settle as done"): "done",
    ("unknown", "settle as rejected"): "rejected",
    ("unknown", "settle as absent"): "absent",
    ("unknown", "settle as cancelled"): "cancelled",
    ("absent", "again"): "pending",
    ("absent", "give up"): "cancelled",
    ("absent", "found"): "done",
    ("rejected", "again"): "pending",
    ("rejected", "give up"): "cancelled",
}
EVERY = [(state.value, step) for state in EffectState for step in STEPS]


async def add(database: Database, *effects: outbox.OutboxEntry) -> list[bool]:
    return [await database.write(partial(outbox.add, new=effect)) for effect in effects]


async def the_effect(database: Database, effect: EffectId = FIRST) -> Effect:
    found = await database.read(lambda tx: outbox.get(tx, effect))
    assert found is not None
    return found


async def put_into(database: Database, state: str, effect: EffectId = FIRST) -> None:
    await database.write(
        lambda tx: tx.execute("UPDATE outbox SET state = :state WHERE id = :id", state=state, id=effect)
    )


async def row_of(database: Database) -> Row | None:
    return await database.read(lambda tx: tx.one("SELECT * FROM outbox WHERE id = :id", id=FIRST))


@pytest.mark.parametrize(("state", "step"), EVERY, ids=[f"{state}, {step}" for state, step in EVERY])
async def test_only_the_steps_of_the_table_change_an_effect(
    database: Database, state: str, step: str
) -> None:
    await add(database, new_effect())
    await put_into(database, state)
    before = await row_of(database)

    answer = await database.write(STEPS[step])
    after = await row_of(database)

    assert before is not None
    assert after is not None
    if (state, step) in ALLOWED:
        assert after["state"] == ALLOWED[state, step]
        assert answer in (True, None, 1)
    else:
        assert after == before
        assert answer in (False, None, 0)


async def test_an_effect_comes_back_as_it_was_added(database: Database) -> None:
    new = new_effect(not_before=9, fan=None)

    assert await add(database, new) == [True]
    assert await the_effect(database) == Effect(
        id=new.id,
        stream=STREAM,
        seq=1,
        network="fanvue",
        kind="chat.send",
        creator=CREATOR,
        fan=None,
        cause="cause-1",
        part="send",
        body=b"sealed",
        state=EffectState.PENDING,
        attempts=0,
        attempt_started=None,
        doubted_at=None,
        not_before=9,
        external_id=None,
        nonce="nonce-1",
        reason=None,
        created_at=1000,
        settled_at=None,
    )


async def test_deciding_twice_adds_once(database: Database) -> None:
    again = new_effect(2, cause="cause-1")

    assert await add(database, new_effect(1), again, new_effect(3, cause="cause-1", part="note")) == [
        True,
        False,
        True,
    ]
    first = await the_effect(database)
    assert await database.read(lambda tx: outbox.by_cause(tx, "cause-1", "send")) == first
    assert await database.read(lambda tx: outbox.by_cause(tx, "cause-1", "none")) is None
    assert await database.read(lambda tx: outbox.get(tx, again.id)) is None


async def test_each_stream_counts_for_itself_and_in_the_order_of_adding(database: Database) -> None:
    other = Stream("dc:creator-1:fan-1")
    effects = (new_effect(number, stream=STREAM if number % 2 else other) for number in range(1, 21))
    await asyncio.gather(*(add(database, effect) for effect in effects))

    rows = await database.read(lambda tx: tx.all("SELECT id, stream, seq FROM outbox ORDER BY seq"))
    for stream, first in ((STREAM, 1), (other, 2)):
        placed = [(row["seq"], row["id"]) for row in rows if row["stream"] == stream]
        assert placed == [(n + 1, f"effect-{first + 2 * n}") for n in range(10)]


async def test_the_head_holds_its_stream_until_it_is_settled(database: Database) -> None:
    await add(database, new_effect(1), new_effect(2), new_effect(3, stream=Stream("other")))

    for state in ("pending", "sending", "unknown"):
        await put_into(database, state)
        head = await database.read(lambda tx: stream_heads.head(tx, STREAM))
        assert head is not None
        assert head.id == FIRST
    for state in ("done", "rejected", "absent", "cancelled"):
        await put_into(database, state)
        head = await database.read(lambda tx: stream_heads.head(tx, STREAM))
        assert head is not None
        assert head.id == "effect-2"
    assert await database.read(lambda tx: stream_heads.head(tx, Stream("none"))) is None


async def test_of_many_who_begin_exactly_one_does(database: Database) -> None:
    await add(database, new_effect())

    won = await asyncio.gather(*(database.write(lambda tx: outbox.begin(tx, FIRST, 50)) for _ in range(10)))
    begun = await the_effect(database)

    assert won == [True] + [False] * 9
    assert (begun.attempts, begun.attempt_started) == (1, 50)


@pytest.mark.parametrize(("charge", "attempts"), [(1, 1), (0, 0)])
async def test_an_attempt_that_surely_did_not_leave_can_go_uncharged(
    database: Database, charge: int, attempts: int
) -> None:
    await add(database, new_effect())
    await database.write(STEPS["begin"])

    await database.write(
        lambda tx: outbox.later(tx, FIRST, not_before=90, reason="busy", charge=bool(charge))
    )
    waiting = await the_effect(database)

    assert (waiting.attempts, waiting.attempt_started) == (attempts, None)
    assert (waiting.not_before, waiting.reason) == (90, "busy")


async def test_a_settled_effect_remembers_how_and_when(database: Database) -> None:
    await add(database, new_effect())
    await database.write(
        lambda tx: stream_heads.end(tx, FIRST, EffectState.DONE, now=60, external_id="m-1", reason="sent")
    )

    left = await database.write(
        lambda tx: stream_heads.end(tx, FIRST, EffectState.REJECTED, now=99, external_id="m-2")
    )
    done = await the_effect(database)

    assert left == stream_heads.RemainingEffects(more=True, awaited=True)
    assert (done.state, done.settled_at, done.external_id, done.reason) == ("done", 60, "m-1", "sent")


@pytest.mark.parametrize(("forget", "started"), [(0, 50), (1, None)])
async def test_a_repeat_keeps_the_time_of_the_first_attempt_unless_it_took_no_place(
    database: Database, forget: int, started: int | None
) -> None:
    await add(database, new_effect())
    await database.write(STEPS["begin"])
    await database.write(STEPS["doubt"])

    await database.write(lambda tx: unresolved_effects.reopen(tx, FIRST, now=60, forget=bool(forget)))
    assert (await the_effect(database)).attempt_started == started


async def test_what_a_person_sends_again_asks_for_nobody_any_more(database: Database) -> None:
    await add(database, new_effect())
    await put_into(database, "absent")
    await database.write(lambda tx: attention.ask(tx, FIRST, "Not found. Send it again?"))
    parked = await row_of(database)

    assert await database.write(STEPS["again"])
    row = await row_of(database)

    assert parked is not None
    assert parked["attention"] == "Not found. Send it again?"
    assert row is not None
    assert (row["attention"], row["settled_at"], row["reason"]) == (None, None, None)


async def test_at_start_only_what_was_being_sent_becomes_unknown(database: Database) -> None:
    await add(database, *(new_effect(number) for number in range(1, 8)))
    for number, state in enumerate(EffectState, start=1):
        await put_into(database, state.value, EffectId(f"effect-{number}"))

    found = await database.read(queues.sending)
    for number in range(1, 8):
        effect = EffectId(f"effect-{number}")
        await database.write(partial(queues.recover, effect=effect, now=50, not_before=60))

    states = [(await the_effect(database, EffectId(f"effect-{number}"))).state for number in range(1, 8)]
    sending = list(EffectState).index(EffectState.SENDING)
    assert states == [
        EffectState.UNKNOWN if place == sending else state for place, state in enumerate(EffectState)
    ]
    assert [one.effect for one in found] == [f"effect-{sending + 1}"]


async def test_open_streams_are_those_with_something_to_do(database: Database) -> None:
    await add(database, *(new_effect(number, stream=Stream(f"s{number}")) for number in range(1, 8)))
    for number, state in enumerate(EffectState, start=1):
        await put_into(database, state.value, EffectId(f"effect-{number}"))

    streams = await database.read(queues.open_streams)
    unsettled = (EffectState.PENDING, EffectState.SENDING, EffectState.UNKNOWN)
    assert sorted(streams) == sorted(f"s{list(EffectState).index(state) + 1}" for state in unsettled)


async def test_unclaimed_are_the_begun_sends_to_this_fan_without_a_message(database: Database) -> None:
    await add(
        database,
        new_effect(1),
        new_effect(2),
        new_effect(3),
        new_effect(4),
        new_effect(5, kind="chat.look"),
        new_effect(6, fan=FanId("another")),
        new_effect(7, creator=OTHER_CREATOR),
    )
    for number, state in ((1, "unknown"), (2, "pending"), (3, "absent"), (4, "sending")):
        await put_into(database, state, EffectId(f"effect-{number}"))
    for number in (5, 6, 7):
        await put_into(database, "sending", EffectId(f"effect-{number}"))
    await database.write(lambda tx: tx.execute("UPDATE outbox SET external_id = 'm' WHERE id = 'effect-4'"))

    unclaimed = await database.read(lambda tx: outbox.unclaimed_sends(tx, CREATOR, FAN))
    assert [effect.id for effect in unclaimed] == ["effect-1", "effect-3"]


async def test_a_message_on_the_other_side_belongs_to_one_effect(database: Database) -> None:
    await add(database, new_effect(1), new_effect(2))

    won = await asyncio.gather(
        *(
            database.write(
                partial(sent_message_ids.claim, creator=CREATOR, external_id="m", effect=EffectId(effect))
            )
            for effect in ("effect-1", "effect-2")
        )
    )

    assert won == [True, False]
    assert await database.read(lambda tx: sent_message_ids.owner(tx, CREATOR, "m")) == "effect-1"
    assert await database.read(lambda tx: sent_message_ids.owner(tx, OTHER_CREATOR, "m")) is None
