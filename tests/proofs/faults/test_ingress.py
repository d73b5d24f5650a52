"""Rows A3, A5 to A10: what comes in over the webhook's address."""

import asyncio
import gzip
import json
import resource
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import aiohttp
import pytest

from bot.model.events import NotUnderstood, Understood
from bot.sandbox.fanvue import events
from tests.proofs.faults.live_bridge import LiveBridge, housed
from tests.relay.relay_scenario import CREATOR, EMMA, running

pytestmark = pytest.mark.asyncio(loop_scope="module")

LARGEST = 256 * 1024


@pytest.mark.fault("A3")
async def test_one_delivery_a_thousand_times_is_one_row_and_one_line(house: LiveBridge) -> None:
    fan = house.fan("Ada")
    (raw,) = await house.told(fan.write("once is enough"))
    headers = {"X-Fanvue-Signature": house.sealed(raw)}

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=20)) as session:

        async def deliver() -> int:
            async with session.post(house.hook, data=raw, headers=headers) as answer:
                return answer.status

        statuses = await asyncio.gather(*(deliver() for _ in range(1_000)))
    await house.shows(fan, "once is enough")

    assert set(statuses) == {200}
    uuid = json.loads(raw)["data"]["uuid"]
    assert house.rows("SELECT state, dup_count FROM inbox WHERE fact_key = ?", uuid) == [
        {"state": "done", "dup_count": 999}
    ]
    assert len(house.with_words(fan, "once is enough")) == 1


async def _in_chunks() -> AsyncIterator[bytes]:
    for _ in range(160):
        yield b" " * 65_536


async def _begun(house: LiveBridge, length: int) -> bytes:
    """The first line of the answer to a body of which only one byte arrives within the five seconds."""
    host, port = house.setting("LISTEN").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    head = f"POST /webhooks/fanvue HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n"
    writer.write(head.encode() + b"a")
    await writer.drain()
    async with asyncio.timeout(60):
        first = await reader.readline()
    writer.close()
    await writer.wait_closed()
    return first


async def _unannounced(house: LiveBridge) -> int:
    try:
        async with (
            aiohttp.ClientSession() as session,
            session.post(house.hook, data=_in_chunks(), headers={"X-Fanvue-Signature": "x"}) as answer,
        ):
            return answer.status
    except aiohttp.ClientOSError:
        return 413  # it answered and hung up while ten megabytes were still on their way


@pytest.mark.fault("A5")
async def test_what_is_too_big_packed_deep_or_slow_is_turned_away_without_being_held(
    house: LiveBridge,
) -> None:
    # That somebody of an earlier test has subscribed may only be arriving.
    rows = "SELECT COUNT(*) AS n FROM inbox WHERE kind NOT LIKE 'subscription%'"
    memory, kept = house.resident(), house.rows(rows)
    bomb = gzip.compress(b"0" * 50_000_000)
    drip = asyncio.create_task(_begun(house, 100))

    assert b" 413 " in await _begun(house, 10 * 1024 * 1024)
    assert await _unannounced(house) == 413
    assert await house.post(bomb, Content_Encoding="gzip") == 415
    assert b" 408 " in await drip
    assert house.rows(rows) == kept
    count = "SELECT SUM(number) AS number FROM rejections WHERE reason = 'not_read'"
    await house.stored(lambda: house.rows(count)[0]["number"] == 4)
    # Deep JSON that is signed is kept like everything that is signed (A6), and never walked into.
    deep = b"[" * 10_000
    assert await house.post(deep, "t=1,v0=" + "0" * 64) == 401
    assert await house.post(deep) == 200
    assert house.rows("SELECT reason FROM inbox WHERE state = 'quarantined' AND reason = 'too deep'")
    assert house.resident() - memory < 16 * 1024 * 1024


def _changed(raw: bytes, **data: object) -> bytes:
    body = json.loads(raw)
    body["data"] |= data
    return json.dumps(body).encode()


@pytest.mark.fault("A6")
async def test_signed_bodies_that_no_rule_covers_are_kept_and_answered_200(house: LiveBridge) -> None:
    legacy = json.dumps({"recipientUuid": house.stage.creator.uuid, "message": "an old one"}).encode()
    unknown = json.dumps(
        {
            "id": "evt-new",
            "type": "creator.hologram.sent",
            "data": {"creator": {"uuid": house.stage.creator.uuid}},
        }
    ).encode()
    for raw in (legacy, unknown):
        assert await house.post(raw) == 200

    kept = house.rows("SELECT kind, reason, length(body_ct) AS size FROM inbox WHERE state = 'quarantined'")
    assert {"legacy", "a type that this program does not know"} <= {row["reason"] for row in kept}
    assert all(row["size"] > 0 for row in kept)
    assert "an old one" not in house.database.read_bytes().decode("latin-1")


@pytest.mark.fault("A6")
async def test_a_null_text_is_read_and_a_new_message_type_is_shown(house: LiveBridge) -> None:
    fan = house.fan("Ada")
    (raw,) = await house.told(fan.write("read it yourself"))
    (other,) = await house.told(fan.write("a new kind"))

    assert await house.post(_changed(raw, text=None)) == 200
    await house.shows(fan, "read it yourself")
    assert await house.post(_changed(other, message_type="HOLOGRAM")) == 200
    await house.shows(fan, "a new kind")

    assert [len(house.with_words(fan, words)) for words in ("read it yourself", "a new kind")] == [1, 1]


@pytest.mark.fault("A6")
async def test_an_unknown_shape_that_names_a_chat_is_told_in_that_chat(house: LiveBridge) -> None:
    fan = house.fan("Ada")
    await house.greeted(fan)
    (raw,) = await house.told(fan.write("never mind"))
    odd = json.dumps(json.loads(raw) | {"type": "creator.message.whispered", "id": "evt-whisper"}).encode()

    assert await house.post(odd) == 200

    await house.shows(fan, "open it in Fanvue")
    assert house.rows("SELECT state FROM inbox WHERE fact_key = 'evt-whisper'") == [{"state": "quarantined"}]


@pytest.mark.fault("A8")
async def test_a_locked_database_is_answered_503_and_the_repeat_arrives_once(house: LiveBridge) -> None:
    fan = house.fan("Ada")
    (raw,) = await house.told(fan.write("through a locked door"))
    with closing(sqlite3.connect(house.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert await house.post(raw) == 503  # after the five seconds that the bridge waits for a lock
        other.execute("ROLLBACK")

    assert house.rows("SELECT id FROM inbox WHERE fact_key = ?", json.loads(raw)["data"]["uuid"]) == []
    assert await house.post(raw) == 200
    await house.shows(fan, "through a locked door")
    assert len(house.with_words(fan, "through a locked door")) == 1


@pytest.mark.fault("A8")
async def test_a_full_disk_is_answered_503_and_the_repeat_arrives_once(house: LiveBridge) -> None:
    fan = house.fan("Ada")
    (raw,) = await house.told(fan.write("onto a full disk"))
    soft, hard = resource.prlimit(house.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(house.pid, resource.RLIMIT_FSIZE, (0, hard))
    try:
        assert await house.post(raw) == 503
    finally:
        resource.prlimit(house.pid, resource.RLIMIT_FSIZE, (soft, hard))

    assert await house.post(raw) == 200
    await house.shows(fan, "onto a full disk")
    assert len(house.with_words(fan, "onto a full disk")) == 1


@pytest.mark.fault("A9")
async def test_killed_between_the_commit_and_the_answer_the_repeat_is_known(house: LiveBridge) -> None:
    fan = house.fan("Ada")
    (raw,) = await house.told(fan.write("acknowledged by nobody"))
    uuid = json.loads(raw)["data"]["uuid"]
    host, port = house.setting("LISTEN").split(":")
    head = f"POST /webhooks/fanvue HTTP/1.1\r\nHost: x\r\nX-Fanvue-Signature: {house.sealed(raw)}\r\n"
    # The answer is never read: for the sender there is none, whenever exactly the process dies.
    _, writer = await asyncio.open_connection(host, int(port))
    writer.write(f"{head}Content-Length: {len(raw)}\r\n\r\n".encode() + raw)
    await house.stored(lambda: house.rows("SELECT id FROM inbox WHERE fact_key = ?", uuid))
    await house.stage.bridge.kill()
    writer.close()
    await house.stage.bridge.start()

    assert await house.post(raw) == 200

    await house.shows(fan, "acknowledged by nobody")
    assert house.rows("SELECT dup_count FROM inbox WHERE fact_key = ?", uuid) == [{"dup_count": 1}]
    assert len(house.with_words(fan, "acknowledged by nobody")) == 1


@pytest.mark.fault("A10")
async def test_a_subscription_without_an_id_told_twice_is_one_notice(house: LiveBridge) -> None:
    fan = house.fan("Sub", subscribed=False)
    raws = await house.told(fan.subscribe())
    raw = next(raw for raw in raws if json.loads(raw)["type"] == "creator.subscription.activated")
    first, again = json.loads(_changed(raw, id=None)), json.loads(_changed(raw, id=None))
    del first["id"], again["id"]
    again["data"]["purchaser"]["avatar_url"] = "https://media.fanvue.com/avatars/another.jpg"

    for body in (first, again):
        assert await house.post(json.dumps(body).encode()) == 200

    await house.alerted(fan.handle)
    await house.greeted(house.fan("Ada"), "after the subscription")
    assert len(house.alerts(fan.handle)) == 1


@pytest.mark.fault("A10")
async def test_a_tip_told_as_money_and_as_a_message_is_one_notice_of_money(house: LiveBridge) -> None:
    fan = house.fan("Tipper")
    thread = await house.greeted(fan)
    await fan.tip(2_500)

    await house.shows(fan, "🎁 A tip")
    await house.alerted("$25.00")

    # No event of a message tells an amount: the money is told once, by the payment.
    assert (len(house.alerts("$25.00")), house.with_words(fan, "$25.00")) == (1, [])
    assert (
        events.EVENT_SCOPES["creator.payment.succeeded"]
        in house.rows("SELECT scopes FROM links")[0]["scopes"]
    )
    assert house.threads(fan) == [thread]


@pytest.mark.fault("A7")
async def test_an_event_for_a_creator_whom_nobody_linked_waits_and_is_told_after_the_link(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    async with housed(tmp_path_factory.mktemp("orphans"), open_house=False) as house:
        fan = house.fan("Early")
        (raw,) = await house.told(fan.write("before anybody was here"))
        assert await house.post(raw) == 200
        kept = house.rows("SELECT state, reason FROM inbox")
        assert kept == [{"state": "orphan", "reason": "Nobody has linked this creator."}]
        assert house.stage.discord.world.threads(house.stage.guild.id) == []

        await house.play.open_house()

        await house.shows(fan, "before anybody was here")
        assert house.rows("SELECT state FROM inbox") == [{"state": "done"}]


@pytest.mark.fault("A6")
async def test_what_an_older_program_put_aside_is_read_again_by_one_that_knows_more(
    house: LiveBridge,
) -> None:
    fan = house.fan("Ada")
    await house.greeted(fan)
    (raw,) = await house.told(fan.write("understood at last"))
    odd = json.dumps(json.loads(raw) | {"type": "creator.message.whispered", "id": "evt-later"}).encode()
    assert await house.post(odd) == 200
    await house.stored(
        lambda: house.rows("SELECT id FROM inbox WHERE fact_key = 'evt-later' AND state <> 'new'")
    )
    await house.shows(fan, "open it in Fanvue")
    await house.stage.bridge.kill()
    with closing(sqlite3.connect(house.database)) as older, older:
        # As if the program that wrote this had known less: its own body is sealed, so the other way round.
        older.execute("UPDATE kept SET value = 'an older vocabulary' WHERE name = 'vocabulary'")
        older.execute("UPDATE inbox SET reason = 'seen by the older one' WHERE fact_key = 'evt-later'")
    await house.stage.bridge.start()

    reread = "SELECT state, reason FROM inbox WHERE fact_key = 'evt-later'"
    await house.stored(lambda: house.rows(reread)[0]["reason"] == "a type that this program does not know")
    assert house.rows(reread)[0]["state"] == "quarantined"
    assert len(house.with_words(fan, "open it in Fanvue")) == 1  # told once, however often it is read


@pytest.mark.fault("A6")
@pytest.mark.parametrize("told_meanwhile", [False, True], ids=["news", "told by another source meanwhile"])
async def test_a_body_that_a_newer_program_understands_is_shown_once(
    tmp_path: Path, *, told_meanwhile: bool
) -> None:
    async with running(tmp_path) as world:
        event = world.wrote("understood at last")
        odd = NotUnderstood("a new type", "creator.message.whispered", "evt-1", CREATOR, event.at, EMMA)
        await world.told(odd)
        await world.turn()
        if told_meanwhile:
            await world.happen(event)
        (raw,) = [raw for raw, meaning in world.meanings.items() if meaning is odd]
        world.meanings[raw] = Understood(event, "message", event.message)
        await world.crash()
        world.build()
        world.facts._vocabulary = "more than before"
        await world.start()
        await world.turn()

        shown = await world.lines()
        assert len([line for line in shown if "understood at last" in line]) == 1
        assert await world.facts.streams() == []
