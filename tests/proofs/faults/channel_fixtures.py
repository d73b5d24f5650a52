"""Where the house's channels are, what waits for them, how often they were asked."""

from bot.sandbox.discord.model import StandInChannel
from bot.sandbox.fanvue.people import StandInFan
from tests.proofs.faults.live_bridge import LiveBridge


def the_forum(house: LiveBridge) -> StandInChannel:
    """Where the fans of the house live."""
    (row,) = house.rows("SELECT forum_id FROM forums WHERE creator_uuid IS NOT NULL")
    return house.stage.discord.world.channels[row["forum_id"]]


def alerts_channel(house: LiveBridge) -> StandInChannel:
    """Where alerts of the house come to."""
    (row,) = house.rows("SELECT alerts_id FROM forums WHERE creator_uuid IS NOT NULL")
    return house.stage.discord.world.channels[row["alerts_id"]]


def outbox(house: LiveBridge, fan: StandInFan, kind: str) -> list[dict[str, object]]:
    """The effects of one kind for a fan, oldest first."""
    return house.rows("SELECT * FROM outbox WHERE fan_uuid = ? AND kind = ? ORDER BY seq", fan.uuid, kind)


def asked(house: LiveBridge, path: str) -> int:
    """How many requests Discord has seen at such a path, carried out or not."""
    ledger = house.stage.discord.ledger
    return sum(
        1 for kind in ("request", "fault") for e in ledger.of(kind, method="POST") if path in e.data["path"]
    )
