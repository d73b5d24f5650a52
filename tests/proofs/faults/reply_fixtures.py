"""What tests of replies look at, and how a reply gets lost."""

from bot.sandbox.discord.model import StandInChannel
from bot.sandbox.fanvue.people import StandInFan
from tests.proofs.faults.live_bridge import LiveBridge, labels

SEND = r"/message$"
NEVER = 3_600.0
"""Seconds after which a request is carried out late: later than anybody looks."""


def in_the_chat(fan: StandInFan) -> list[str | None]:
    """What the fan can read from the creator's side."""
    return [message.text for message in fan.inbox()]


async def sent(house: LiveBridge, fan: StandInFan, words: str = "✓ Sent") -> StandInChannel:
    """The fan's thread, once it says so."""
    return await house.shows(fan, words)


async def lost(house: LiveBridge, fan: StandInFan, words: str) -> StandInChannel:
    """A reply whose bytes went out and which Fanvue never carried out; the thread asks a person."""
    thread = await house.greeted(fan)
    house.stage.fanvue.faults.add("execute_late", "POST", SEND, seconds=NEVER)
    await house.reply(thread, text=words)
    await house.until(lambda: any("Send again" in labels(m) for m in house.messages(thread)))
    return thread
