"""What waits for a person is found with what it is about, and woken."""

from storage.database import Database, Transaction
from storage.engine import audit_log, outbox, stream_heads
from storage.inbox import fan_footprint, threads
from storage.operations import attention
from storage.operations.boards import PROBLEMS, BoardMessage
from storage.people import creators
from storage.records import CreatorId, DiscordId, EffectId, EffectState, Link, LinkId, LinkState, Stream
from tests.audit_log_fixtures import CHAIN
from tests.storage.record_fixtures import CREATOR, FAN, GUILD, OTHER_CREATOR, entry, fan_thread, new_effect

FIRST, SECOND = EffectId("effect-1"), EffectId("effect-2")


async def ask(
    database: Database, number: int, why: str = "Because.", *, state: str = "rejected", **other: object
) -> None:
    """An effect that waits for a person."""
    new = new_effect(number, **other)

    async def work(tx: Transaction) -> None:
        await outbox.add(tx, new)
        await tx.execute("UPDATE outbox SET state = :state WHERE id = :id", state=state, id=new.id)
        await attention.ask(tx, new.id, why)

    await database.write(work)


async def listed(
    database: Database, creator: CreatorId = CREATOR, limit: int = 100
) -> list[attention.WaitingEffect]:
    return await database.read(lambda tx: attention.waiting(tx, creator, limit=limit))


async def test_what_waits_names_its_fan_the_newest_thread_and_the_line_that_shows_it(known: Database) -> None:
    async def work(tx: Transaction) -> None:
        await threads.want(tx, fan_thread(1))
        await threads.opened(tx, fan_thread(1).key, thread=DiscordId(71), card=DiscordId(71))
        await threads.want(tx, fan_thread(2))
        await threads.opened(tx, fan_thread(2).key, thread=DiscordId(72), card=DiscordId(72))
        await outbox.add(tx, new_effect(2, stream=Stream("dc"), kind="reply.post", cause=FIRST, part="show"))
        await stream_heads.end(tx, SECOND, EffectState.DONE, now=5, external_id="72:99")

    await ask(known, 1, "No.")
    await known.write(work)

    (row,) = await listed(known)
    assert (row.id, row.kind, row.fan, row.why, row.state) == (FIRST, "chat.send", FAN, "No.", "rejected")
    assert (row.guild, row.thread, row.shown) == (GUILD, 72, "72:99")


async def test_answers_and_boards_are_not_listed_and_the_limit_keeps_the_oldest(known: Database) -> None:
    await ask(known, 1, kind="answer")
    await ask(known, 2, kind="board")
    for number in range(3, 9):
        await ask(known, number, created_at=1000 + number)

    assert [row.id for row in await listed(known, limit=2)] == ["effect-3", "effect-4"]
    assert len(await listed(known)) == 6


async def test_another_creators_are_not_listed(known: Database) -> None:
    await ask(known, 1, creator=OTHER_CREATOR, fan=None)

    assert await listed(known) == []
    assert await known.read(attention.creators_waiting) == [OTHER_CREATOR]
    assert await known.read(attention.how_many) == 1


async def test_a_creator_whose_sign_in_is_over_waits_too(known: Database) -> None:
    link = Link(LinkId("l"), CREATOR, DiscordId(1), GUILD, 1, LinkState.RELINK_REQUIRED, "", "h")

    await known.write(lambda tx: creators.add_link(tx, link, now=0))

    assert await known.read(attention.creators_waiting) == [CREATOR]
    assert await known.read(lambda tx: creators.linked_on(tx, GUILD)) == [CREATOR]
    assert await known.read(lambda tx: creators.linked_on(tx, DiscordId(GUILD + 1))) == []


async def test_only_what_is_paused_on_that_network_is_tried_now_and_a_second_time_nothing(
    known: Database,
) -> None:
    await ask(known, 1, state="pending", network="discord", stream=Stream("a"), not_before=900)
    await ask(known, 2, state="unknown", network="discord", stream=Stream("b"), not_before=900)
    await ask(known, 3, state="rejected", network="discord", stream=Stream("c"), not_before=900)
    await ask(known, 4, state="pending", network="fanvue", stream=Stream("d"), not_before=900)
    waits = new_effect(5, network="discord", stream=Stream("e"), not_before=900)
    await known.write(lambda tx: outbox.add(tx, waits))

    first = await known.write(lambda tx: attention.retry(tx, CREATOR, "discord", now=100))
    second = await known.write(lambda tx: attention.retry(tx, CREATOR, "discord", now=100))

    assert (first, second) == (["a", "b"], [])
    rows = await known.read(lambda tx: tx.all("SELECT id, not_before FROM outbox ORDER BY id"))
    assert [row["not_before"] for row in rows] == [100, 100, 900, 900, 900]


async def test_an_attempt_and_every_end_take_what_was_asked_away(known: Database) -> None:
    await ask(known, 1, state="pending")
    await ask(known, 2, state="unknown", stream=Stream("b"))

    await known.write(lambda tx: outbox.begin(tx, FIRST, 50))
    await known.write(lambda tx: stream_heads.end(tx, SECOND, EffectState.DONE, now=50))

    assert await listed(known) == []


async def test_what_a_person_did_last_about_something_is_found(known: Database) -> None:
    async def work(tx: Transaction) -> None:
        await audit_log.begin(tx, CHAIN, key=b"sealed", now=0)
        await audit_log.write(tx, CHAIN, entry(1, cause=FIRST))
        await audit_log.write(tx, CHAIN, entry(2, cause=FIRST, action="reply.drop"))
        await audit_log.write(tx, CHAIN, entry(3, cause=FIRST, actor=None))

    await known.write(work)

    found = await known.read(lambda tx: audit_log.last_by_a_person(tx, FIRST))
    assert found is not None
    assert found.action == "reply.drop"
    assert await known.read(lambda tx: audit_log.last_by_a_person(tx, SECOND)) is None


async def test_a_creator_has_one_board_which_moves_and_goes(known: Database) -> None:
    first = BoardMessage(CREATOR, DiscordId(1), DiscordId(2), "x")
    second = BoardMessage(CREATOR, DiscordId(1), DiscordId(3), "y")

    await known.write(lambda tx: PROBLEMS.keep(tx, first))
    await known.write(lambda tx: PROBLEMS.keep(tx, second))
    found = await known.read(lambda tx: PROBLEMS.by_message(tx, DiscordId(3)))
    old = await known.read(lambda tx: PROBLEMS.by_message(tx, DiscordId(2)))
    everybody = await known.read(PROBLEMS.creators)
    await known.write(lambda tx: PROBLEMS.forget(tx, CREATOR))

    assert (found, old, everybody) == (second, None, [CREATOR])
    assert await known.read(lambda tx: PROBLEMS.get(tx, CREATOR)) is None


async def test_an_effect_that_has_not_begun_is_awaited_and_a_made_one_is_known(known: Database) -> None:
    stream = new_effect(1).stream
    await known.write(lambda tx: outbox.add(tx, new_effect(1, network="discord")))
    waits = await known.read(lambda tx: outbox.awaited(tx, stream))
    doubt = await known.read(lambda tx: fan_footprint.in_doubt(tx, CREATOR, FAN))
    await known.write(lambda tx: outbox.begin(tx, FIRST, 50))
    begun = await known.read(lambda tx: outbox.awaited(tx, stream))
    doubt_then = await known.read(lambda tx: fan_footprint.in_doubt(tx, CREATOR, FAN))
    await known.write(lambda tx: stream_heads.end(tx, FIRST, EffectState.DONE, now=60, external_id="7:8"))

    assert (waits, begun, doubt, doubt_then) == (True, False, False, True)
    assert await known.read(lambda tx: fan_footprint.made(tx, CREATOR, FAN, "7:8"))
    assert not await known.read(lambda tx: fan_footprint.made(tx, CREATOR, FAN, "7:9"))
    assert not await known.read(lambda tx: fan_footprint.in_doubt(tx, CREATOR, FAN))
