"""What Fanvue delivers: once, whatever comes twice; nothing from strangers."""

import json
import time

import aiohttp

from bot.fanvue.signature import HEADER, sign
from bot.sandbox import tally
from bot.sandbox.announcements import AnnouncedEvent, told_in
from bot.sandbox.fanvue.default_world import WEBHOOK_SECRET
from bot.sandbox.play import EveningPlay
from tests.journeys.test_replying import PATIENCE, thread_with


async def deliver(play: EveningPlay, body: bytes, signature: str | None) -> int:
    headers = {"Content-Type": "application/json"} | ({HEADER: signature} if signature else {})
    url = f"{play.stage.public_url}/webhooks/fanvue"
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data=body, headers=headers) as response,
    ):
        return response.status


def a_message(play: EveningPlay, text: str) -> bytes:
    fan = play.stage.fans["sam_k"]
    data = {
        "object": "message",
        "uuid": "5f0c0a52-0000-4000-8000-000000000001",
        "sender": "fan",
        "created_at": "2026-11-24T20:00:00.000Z",
        "text": text,
        "fan": {"uuid": fan.uuid, "handle": fan.handle, "display_name": "Sam", "email": "sam@example.org"},
        "creator": {"uuid": play.stage.creator.uuid},
    }
    envelope = {"id": "event-1", "type": "creator.message.received", "timestamp": "2026-11-24T20:00:00.000Z"}
    return json.dumps({**envelope, "data": data}).encode()


async def test_a_delivery_that_comes_five_times_is_one_line(play: EveningPlay) -> None:
    body = a_message(play, "only once please")
    for _ in range(5):
        assert await deliver(play, body, sign(body, WEBHOOK_SECRET, int(time.time()))) == 200
    thread = await thread_with(play, "sam_k", "only once please")
    await play.stage.fans["sam_k"].write("and one more")
    await thread_with(play, "sam_k", "and one more")

    texts = [message.text for message in play.stage.discord.world.messages[thread.id].values()]
    assert sum("only once please" in text for text in texts) == 1


async def test_what_is_not_signed_as_it_should_be_leaves_no_trace(play: EveningPlay) -> None:
    body = a_message(play, "let me in")
    now = int(time.time())
    wrong = [None, "", "t=1,v0=00", sign(body, "whsec_other", now), sign(body, WEBHOOK_SECRET, now - 301)]
    wrong.append(sign(body + b" ", WEBHOOK_SECRET, now))

    statuses = [await deliver(play, body, signature) for signature in wrong]
    await play.stage.fans["dee.dee"].write("a real one")
    await thread_with(play, "dee.dee", "a real one")

    assert statuses == [401] * len(wrong)
    assert play.thread_of("sam_k") is None


async def test_alerts_are_told_once_in_words_fit_for_a_lock_screen(play: EveningPlay) -> None:
    fans = play.stage.fans
    await fans["ines.art"].subscribe()
    await fans["j_doe"].follow()
    await fans["kai.surf"].tip(2500)

    def told() -> list[AnnouncedEvent]:
        read = filter(None, map(told_in, tally.alerts(play.stage)))
        return sorted(one for each in read for one in each.named)

    await play.stage.discord.world.until(lambda: len(told()) >= 3, PATIENCE)

    first_lines = [message.text.splitlines()[0] for message in tally.alerts(play.stage)]
    assert told() == [
        ("follower", "j_doe", ""),
        ("subscriber", "ines.art", ""),
        ("tip", "kai.surf", "$25.00"),
    ]
    assert not any("@" in line or "Kai" in line for line in first_lines)


async def test_an_event_of_an_unknown_kind_is_answered_200_and_disturbs_nobody(play: EveningPlay) -> None:
    odd = json.dumps({"id": "event-9", "type": "creator.something.new", "data": {"creator": {}}}).encode()

    assert await deliver(play, odd, sign(odd, WEBHOOK_SECRET, int(time.time()))) == 200
    await play.stage.fans["sam_k"].write("still here")

    await thread_with(play, "sam_k", "still here")


async def test_the_button_of_an_alert_leads_to_the_fans_thread(play: EveningPlay) -> None:
    fan = play.stage.fans["kai.surf"]
    await fan.write("hi")
    thread = await thread_with(play, "kai.surf", "hi")
    await fan.tip(500)
    world = play.stage.discord.world
    await world.until(lambda: tally.alerts(play.stage), PATIENCE)

    answer = await play.stage.owner.click(tally.alerts(play.stage)[0], "Open the chat")
    await answer.done(PATIENCE)

    assert f"<#{thread.id}>" in answer.text
