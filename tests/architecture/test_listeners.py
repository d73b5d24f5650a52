"""Who hears of what is one table, and nothing is told to nobody."""

from pathlib import Path

import pytest

from bot.engine.listeners import Listeners, Signal
from tests.architecture.listeners import bridge, rows
from tests.architecture.source_tree import TOP

HEARD = {
    "a fact was decided and shown": [
        "fan card: FanCardScheduler.happened",
        "fan status: FanStatusService.happened",
        "subscribers: SubscriptionRecorder.happened",
        "program webhooks: ProgramEventRecorder.happened",
    ],
    "a program's draft waits no longer": ["program webhooks: ProgramEventRecorder.draft_ended"],
    "a window with a program's draft was saved": ["channel drafts: ChannelDraftPressService.saved"],
    "a conversation changed": [
        "fan card: FanCardScheduler.talked",
        "timers: TimerPingTask.changed",
        "routing: RoutingScheduler.changed",
        "pings: MessagePingScheduler.changed",
        "fan status: FanStatusService.conversation_changed",
        "board: BoardScheduler.conversation_changed",
    ],
    "a mass message was cancelled or taken back": ["purchases: MassMessageArrivalService.ended"],
    "a fan was answered": ["credit: ReplyCreditRecorder.heard"],
    "what is known of a fan changed": ["fan card: FanCardScheduler.want"],
    "Fanvue said more of a fan: nobody waits to read it": ["fan card: FanCardScheduler.learned"],
    "a reply to a fan came to an end": ["fan status: FanStatusService.refused"],
    "other replies wait for a lead": ["board: BoardScheduler.changed"],
    "other fans are offered to someone first": ["board: BoardScheduler.changed"],
    "a member or role was let into a team": [
        "pings: MessagePingScheduler.granted",
        "tour: TourScheduler.granted",
    ],
    "a server invited the bot, which may write in its first channel": ["greeting: GreetingService.joined"],
    "a message was deleted on Discord": ["board: BoardScheduler.deleted"],
    "a fan's thread is opened": ["history: HistoryScheduler.first"],
    "a fan's thread, wanted since then, is open": ["board: BoardScheduler.thread_opened"],
    "a mass message was sent: chats change only until someone writes": ["chats: build.<locals>.due"],
}


async def test_who_hears_of_what(tmp_path: Path) -> None:
    assert dict(await rows(tmp_path)) == {
        signal: list(filter(_is_there, who)) for signal, who in HEARD.items()
    }


def _is_there(listener: str) -> bool:
    """Whether its feature has not been taken away with its folder; test_layout.py has each folder built."""
    name = listener.partition(":")[0].replace(" ", "_")
    return name == "chats" or any((TOP / "bot" / "features").glob(f"*/{name}/feature.py"))


async def test_whatever_is_heard_is_told(tmp_path: Path) -> None:
    async with bridge(tmp_path) as made:
        assert made.core.listeners.untold() == []


async def test_listeners_hear_in_the_order_in_which_they_were_added_also_when_telling_was_there_first() -> (
    None
):
    heard: list[str] = []
    rang = Signal[str]("it rang")

    async def one(word: str) -> None:
        heard.append(f"one {word}")

    async def other(word: str) -> None:
        heard.append(f"other {word}")

    listeners = Listeners()
    tell = listeners.telling(rang)
    listeners.add("first", [rang.to(one)])
    listeners.add("second", [rang.to(other)])
    await tell("now")

    assert heard == ["one now", "other now"]


async def test_a_listener_that_raises_ends_the_telling() -> None:
    rang, listeners = Signal[[]]("it rang"), Listeners()

    async def fails() -> None:
        raise ValueError("no")

    listeners.add("first", [rang.to(fails)])

    with pytest.raises(ValueError, match="no"):
        await listeners.telling(rang)()


async def test_a_signal_that_nobody_tells_is_named() -> None:
    rang, listeners = Signal[[]]("it rang"), Listeners()

    async def hears() -> None:
        pass

    listeners.add("first", [rang.to(hears)])

    assert listeners.untold() == ["it rang"]
