"""At its time a scheduled reply reads its chat on Fanvue, and stays if it must."""

import pytest

from bot.relay.scheduled_replies import KIND
from bot.sandbox.play import EveningPlay
from tests.due_times import its_time_comes
from tests.features.inbox.checks.conftest import play as play  # noqa: PLC0414 - a fixture of this folder, too
from tests.features.inbox.checks.test_front_door import PATIENCE, buttons, shown
from tests.features.inbox.scheduled.test_front_door import labels, scheduled

STOP = "STOP, my wife reads this phone"


def no_event_comes(play: EveningPlay) -> None:
    """No webhook, and the list of chats, by which sweeps find what none told, is down."""
    play.stage.fanvue.faults.webhooks.off = True
    play.stage.fanvue.faults.add("error_before", "GET", "/chats$", count=None, status=500)


async def test_what_no_event_told_stops_it_and_its_thread_shows_it(play: EveningPlay) -> None:
    mara, fan = play.stage.members["mara"], play.stage.fans["sam_k"]
    waiting = await scheduled(play, "at its time")
    no_event_comes(play)
    await fan.write(STOP)

    await its_time_comes(play.stage.bridge, KIND)
    _, kept = await shown(play, "sam_k", "Not sent at its time")
    await shown(play, "sam_k", STOP)
    asked = await (await mara.click(kept, "Send now")).says(STOP, PATIENCE)

    assert kept.id == waiting.id
    assert "There's a new message since it was scheduled" in kept.text
    assert f"<@{mara.user.id}> decides" in kept.text
    assert labels(kept) == ["Change", "Send now", "Cancel"]
    assert "Send" in buttons(asked)
    assert fan.inbox() == []


async def test_where_nothing_is_new_it_is_sent_without_any_event(play: EveningPlay) -> None:
    fan = play.stage.fans["sam_k"]
    await scheduled(play, "at its time")
    no_event_comes(play)

    await its_time_comes(play.stage.bridge, KIND)
    await shown(play, "sam_k", "✓ Sent")

    assert [message.text for message in fan.inbox()] == ["at its time"]


@pytest.mark.parametrize("status", [403, 404])
async def test_a_chat_that_cannot_be_read_is_answered_by_a_press_alone(
    play: EveningPlay, status: int
) -> None:
    mara, fan = play.stage.members["mara"], play.stage.fans["sam_k"]
    await scheduled(play, "at its time")
    play.stage.fanvue.faults.add("error_before", "GET", "/messages$", count=None, status=status)

    await its_time_comes(play.stage.bridge, KIND)
    _, kept = await shown(play, "sam_k", "We couldn't read this chat on Fanvue")
    before = fan.inbox()
    play.stage.fanvue.faults.clear()
    await (await mara.click(kept, "Send now")).says("On its way", PATIENCE)
    await shown(play, "sam_k", "✓ Sent")

    assert before == []
    assert [message.text for message in fan.inbox()] == ["at its time"]
