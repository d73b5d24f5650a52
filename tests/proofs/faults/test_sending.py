"""Rows C1 to C8: one reply is one message, whatever happens to the call."""

import asyncio
import os
import signal
import time
from pathlib import Path

import pytest

from bot.engine.clock import SystemClock
from bot.fanvue.budget import RequestBudget
from bot.fanvue.chats import FanvueChatAdapter
from bot.fanvue.client import FanvueClient
from bot.fanvue.transport import open_http
from bot.model.acting_account import CallAccount
from bot.model.errors import TryLater
from bot.model.ports import MessageToFan
from bot.sandbox.fanvue.people import StandInFan
from bot.sandbox.free_ports import free_port
from storage.records import CreatorId, FanId, LinkId
from tests.fanvue.peer_stand_in import anywhere
from tests.proofs.faults.live_bridge import PATIENCE, SPEED, LiveBridge, labels
from tests.proofs.faults.reply_fixtures import SEND, in_the_chat, lost, sent

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.fault("C1")
@pytest.mark.parametrize("fault", ["lose_answer", "error_after", "broken_json"])
async def test_a_send_that_was_carried_out_and_not_answered_is_found_and_never_repeated(
    house: LiveBridge, fault: str
) -> None:
    house.stage.fanvue.switches.idempotency = "ignored"
    fan = house.fan("Cara")
    thread = await house.greeted(fan)
    house.stage.fanvue.faults.add(fault, "POST", SEND, status=502)  # type: ignore[arg-type]  # a kind by its name
    looks = house.stage.fanvue.faults.hold("GET", f"/{fan.uuid}/messages")

    await house.reply(thread, text="only once")
    await sent(house, fan, "Not sure yet")
    looks.release()
    await sent(house, fan)

    (send,) = house.sends(fan)
    assert (send["state"], in_the_chat(fan), house.posts_to(fan)) == ("done", ["only once"], 1)
    assert house.rows("SELECT outbox_id FROM claims WHERE external_id = ?", send["external_id"]) == [
        {"outbox_id": send["id"]}
    ]


@pytest.mark.fault("C2")
async def test_a_send_that_is_not_there_after_the_last_look_asks_and_is_sent_by_a_person_only(
    house: LiveBridge,
) -> None:
    fan = house.fan("Cara")
    begun = time.monotonic()
    thread = await lost(house, fan, "where am I")

    assert time.monotonic() - begun >= 60 / SPEED  # never "absent" before the last look
    (send,) = house.sends(fan)
    assert (send["state"], in_the_chat(fan), house.posts_to(fan)) == ("absent", [], 1)
    assert send["attention"]
    await house.click(thread, "Send again")
    await sent(house, fan)
    assert (in_the_chat(fan), house.posts_to(fan)) == (["where am I"], 2)


@pytest.mark.fault("C2")
async def test_a_lost_send_that_a_person_discards_is_never_sent(house: LiveBridge) -> None:
    fan = house.fan("Cara")
    thread = await lost(house, fan, "forget me")

    answer = await house.click(thread, "Discard")

    assert "Not sent" in answer.text
    assert [send["state"] for send in house.sends(fan)] == ["cancelled"]
    await house.reply(thread, text="something else")
    await sent(house, fan)
    assert in_the_chat(fan) == ["something else"]


@pytest.mark.fault("C3")
async def test_a_send_that_is_carried_out_twenty_seconds_late_is_found(house: LiveBridge) -> None:
    house.stage.fanvue.switches.idempotency = "ignored"
    fan = house.fan("Cara")
    thread = await house.greeted(fan)
    house.stage.fanvue.faults.add("execute_late", "POST", SEND, seconds=20 / SPEED)

    await house.reply(thread, text="better late")
    await sent(house, fan)

    assert (in_the_chat(fan), house.posts_to(fan)) == (["better late"], 1)
    assert not any("Send again" in labels(message) for message in house.messages(thread))


@pytest.mark.fault("C4")
async def test_while_fanvue_refuses_connections_replies_wait_and_are_sent_once(
    house: LiveBridge,
) -> None:
    fan, other = house.fan("Cara"), house.fan("Olga")
    threads = [await house.greeted(fan), await house.greeted(other)]
    await house.stage.fanvue.refuse()
    try:
        await asyncio.gather(*(house.reply(thread, text="in a moment") for thread in threads))
        await asyncio.gather(*(sent(house, one, "Queued") for one in (fan, other)))
        waiting = [*house.sends(fan), *house.sends(other)]
    finally:
        await house.stage.fanvue.accept()
    assert {send["state"] for send in waiting} <= {"pending", "sending"}
    assert all("can't reach Fanvue" in str(send["reason"]) for send in waiting if send["state"] == "pending")

    await asyncio.gather(*(sent(house, one) for one in (fan, other)))
    assert [in_the_chat(one) for one in (fan, other)] == [["in a moment"]] * 2


@pytest.mark.fault("C4")
async def test_a_429_waits_as_long_as_it_says_and_costs_no_attempt(house: LiveBridge) -> None:
    fan = house.fan("Cara")
    thread = await house.greeted(fan)
    house.stage.fanvue.faults.add("too_many", "POST", SEND, retry_after=2)

    begun = time.monotonic()
    await house.reply(thread, text="in my turn")
    await sent(house, fan, "Fanvue asks us to wait")
    (send,) = house.sends(fan)
    assert (send["state"], send["attempts"]) == ("pending", 0)
    await sent(house, fan)

    assert time.monotonic() - begun >= 2
    assert (in_the_chat(fan), house.posts_to(fan)) == (["in my turn"], 2)


class _Token:
    """A token source that has one."""

    async def current(self, link: LinkId) -> str:
        """Always the same."""
        return f"token of {link}"

    async def refreshed(self, link: LinkId, rejected: str) -> str:
        """Never needed here."""
        raise AssertionError(f"{link} was not refused with {rejected}")


async def _not_tls(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"plain words\r\n")
    writer.close()
    await writer.wait_closed()


async def _identity(creator: CreatorId) -> CallAccount:
    return CallAccount(LinkId(f"link of {creator}"))


@pytest.mark.fault("C4")
@pytest.mark.parametrize("where", ["dns", "tls", "port"])
async def test_what_never_reached_fanvue_is_tried_later(where: str) -> None:
    server = await asyncio.start_server(_not_tls, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    urls = {
        "dns": "http://nobody.invalid",
        "tls": f"https://127.0.0.1:{port}",
        "port": f"http://127.0.0.1:{free_port()}",
    }
    async with server, open_http(resolver=anywhere()) as http:
        client = FanvueClient(
            http, api_url=urls[where], tokens=_Token(), budget=RequestBudget(clock=SystemClock())
        )
        chats = FanvueChatAdapter(client, _identity, SystemClock())
        with pytest.raises(TryLater, match="can't reach Fanvue"):
            await chats.send(CreatorId("c"), FanId("f"), MessageToFan(text="hi"), key="k")


@pytest.mark.fault("C5")
async def test_a_401_on_a_good_token_is_one_refresh_and_one_repeat(house: LiveBridge) -> None:
    fan = house.fan("Cara")
    thread = await house.greeted(fan)
    ledger = house.stage.fanvue.ledger
    refreshed = len(ledger.of("token.refreshed"))
    # This call and no other: a token that is over would be met by whatever the house reads at the moment.
    house.stage.fanvue.faults.add("error_before", "POST", rf"/chats/{fan.uuid}/message$", status=401)

    await house.reply(thread, text="with a new key")
    await sent(house, fan)

    assert len(ledger.of("token.refreshed")) == refreshed + 1
    assert len(ledger.of("token.reuse")) == 0
    assert [e["fault"] for e in ledger.of("fault") if fan.uuid in e["path"]] == ["error_before"]
    assert [e["status"] for e in ledger.of("request", method="POST") if fan.uuid in e["path"]] == [201]
    assert in_the_chat(fan) == ["with a new key"]


@pytest.mark.fault("C6")
async def test_a_fan_who_is_gone_is_named_as_gone_and_the_words_stay_with_the_team(house: LiveBridge) -> None:
    fan = house.fan("Cara")
    thread = await house.greeted(fan)
    fan.block()

    await house.reply(thread, text="come back")
    await sent(house, fan, "Not sent")

    (send,) = house.sends(fan)
    assert (send["state"], house.posts_to(fan)) == ("rejected", 1)
    assert "come back" in house.lines(fan)[-1]
    assert any({"Send again", "Discard"} <= set(labels(message)) for message in house.messages(thread))
    fan.unblock()
    await house.click(thread, "Send again")
    await sent(house, fan)
    assert in_the_chat(fan) == ["come back"]


@pytest.mark.fault("C6")
async def test_what_breaks_fanvues_rules_is_never_cut_or_raised_and_never_sent(house: LiveBridge) -> None:
    fan = house.fan("Cara")
    thread = await house.greeted(fan)

    long = await house.reply(thread, text="x" * 5001)
    cheap = await house.reply(thread, text="cheap", price="2.99", media=house.stage.media[0])

    assert "5,001 characters" in long.text
    assert "$3.00" in cheap.text
    assert (house.sends(fan), house.posts_to(fan)) == ([], 0)


@pytest.mark.fault("C6")
async def test_a_retired_version_pauses_the_queue_and_goes_on_after_the_update(house: LiveBridge) -> None:
    fan = house.fan("Cara")
    thread = await house.greeted(fan)
    # The pause of fifteen minutes is two seconds here: no other wait matters in this test.
    await house.restart(FANVUE_API_VERSION="2025-01-15", WINDOW_DIVISOR="450")

    await house.reply(thread, text="from the old world")
    await sent(house, fan, "retired the API version")
    (send,) = house.sends(fan)
    assert (send["state"], house.posts_to(fan)) == ("pending", 1)
    assert "must update" in send["attention"]

    await house.restart(FANVUE_API_VERSION="2025-06-26", WINDOW_DIVISOR=str(SPEED))
    await house.stored(lambda: [s for s in house.sends(fan) if s["state"] == "done"])
    assert in_the_chat(fan) == ["from the old world"]


@pytest.mark.fault("C7")
async def test_the_same_words_twice_on_purpose_are_two_messages_with_two_owners(house: LiveBridge) -> None:
    house.stage.fanvue.switches.idempotency = "ignored"
    fan = house.fan("Cara")
    thread = await house.greeted(fan)
    for _ in range(2):
        house.stage.fanvue.faults.add("lose_answer", "POST", SEND)

    await house.reply(thread, text="kiss")
    await house.also_reply(thread, text="kiss", by="theo")
    await house.until(lambda: len(house.with_words(fan, "✓ Sent")) == 2)

    assert (in_the_chat(fan), house.posts_to(fan)) == (["kiss", "kiss"], 2)
    owned = [send["external_id"] for send in house.sends(fan)]
    assert sorted(owned) == sorted(str(message.uuid) for message in fan.inbox())


@pytest.mark.fault("C7")
async def test_the_same_words_written_on_fanvue_during_an_unknown_send_are_owned_once(
    house: LiveBridge,
) -> None:
    house.stage.fanvue.switches.idempotency = "ignored"
    fan = house.fan("Cara")
    thread = await house.greeted(fan)
    house.stage.fanvue.faults.add("lose_answer", "POST", SEND)
    looks = house.stage.fanvue.faults.hold("GET", f"/{fan.uuid}/messages")

    await house.reply(thread, text="good night")
    await sent(house, fan, "Not sure yet")
    await looks.reached(PATIENCE)
    house.stage.fanvue.world.write_as_creator(fan, "good night")
    looks.release()
    await sent(house, fan)
    await sent(house, fan, "not through Discord")

    assert (in_the_chat(fan), house.posts_to(fan)) == (["good night"] * 2, 1)
    (send,) = house.sends(fan)
    assert send["external_id"] in {str(message.uuid) for message in fan.inbox()}
    assert len(house.with_words(fan, "good night")) == 2


@pytest.mark.fault("C8")
@pytest.mark.parametrize("carried_out", [True, False], ids=["carried out", "not carried out"])
async def test_killed_while_a_send_is_under_way_it_is_looked_for_and_never_repeated(
    house: LiveBridge, *, carried_out: bool
) -> None:
    house.stage.fanvue.switches.idempotency = "ignored"
    fan = house.fan("Cara")
    thread = await house.greeted(fan)
    held = house.stage.fanvue.faults.hold("POST", SEND)

    await house.reply(thread, text="into the dark")
    await held.reached(PATIENCE)
    assert [send["state"] for send in house.sends(fan)] == ["sending"]
    await house.stage.bridge.kill()
    held.release(carried_out=carried_out)
    await house.stage.bridge.start()

    if carried_out:
        await sent(house, fan)
    else:
        await house.until(lambda: any("Send again" in labels(m) for m in house.messages(thread)))
    assert in_the_chat(fan) == (["into the dark"] if carried_out else [])
    assert [send["attempts"] for send in house.sends(fan)] == [1]


async def _killed_while_it_waits(house: LiveBridge, fan: StandInFan) -> None:
    """The program stands still when it is looked at, so the reply is not under way when it dies."""

    def stands_still_and_waits() -> bool:
        os.kill(house.pid, signal.SIGSTOP)
        while Path(f"/proc/{house.pid}/stat").read_text().rpartition(")")[2].split()[0] != "T":
            pass  # the kernel tells nobody
        if [send["state"] for send in house.sends(fan)] == ["pending"]:
            return True
        os.kill(house.pid, signal.SIGCONT)
        return False

    await house.stored(stands_still_and_waits)
    await house.stage.bridge.kill()


@pytest.mark.fault("C8")
async def test_killed_before_and_after_a_send_nothing_is_lost_or_doubled(house: LiveBridge) -> None:
    fan = house.fan("Cara")
    thread = await house.greeted(fan)
    await house.stage.fanvue.refuse()
    await house.reply(thread, text="before")
    await _killed_while_it_waits(house, fan)
    await house.stage.fanvue.accept()
    await house.stage.bridge.start()
    await sent(house, fan)
    await house.reply(thread, text="after")
    await house.stored(lambda: len(in_the_chat(fan)) == 2)
    await house.stage.bridge.kill()
    await house.stage.bridge.start()
    await house.until(lambda: len(house.with_words(fan, "✓ Sent")) == 2)

    assert in_the_chat(fan) == ["before", "after"]
