"""A fan's card and what More shows, as members press it."""

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInChannel, walk
from bot.sandbox.fanvue.people import StandInFan
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, labels, plain

LOOKED = "SELECT 1 FROM outbox WHERE kind = 'fan.look' AND state = 'done' AND fan_uuid = ?"
INSIGHTS = r".*/insights/fans/[^/]+"
_THUMBNAIL = 11


async def more(house: LiveBridge, thread: StandInChannel, *, by: str = "luna") -> InteractionAnswer:
    """Somebody presses More, once the card is whole."""
    stage = house.stage
    await house.until(lambda: "More" in labels(house.messages(thread)[0]))
    person = stage.owner if by == "luna" else stage.members[by]
    answer = await person.click(house.messages(thread)[0], "More")
    await answer.done(PATIENCE)
    assert answer.ephemeral
    return answer


def asked(house: LiveBridge, fan: StandInFan, since: int) -> int:
    """How often Fanvue was asked about this fan since then."""
    found = house.stage.fanvue.ledger.of("request", method="GET")[since:]
    return sum(entry["path"].endswith(f"/insights/fans/{fan.uuid}") for entry in found)


def card(house: LiveBridge, thread: StandInChannel) -> str:
    """What the card says."""
    return plain(house.messages(thread)[0])


def pictures(answer: InteractionAnswer) -> list[tuple[str, bool]]:
    """What each small picture of an answer says that it shows, and whether it is covered."""
    shown = walk(answer.message.components) if answer.message is not None else ()
    return [
        (str(one["description"]), bool(one.get("spoiler"))) for one in shown if one.get("type") == _THUMBNAIL
    ]
