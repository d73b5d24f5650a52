"""What is posted into a channel is found again by erasure and retention."""

from bot.features.operations.problems.effect_names import WHAT
from bot.relay.pings import GONE
from storage.people.channel_messages import ALERT_KINDS


def test_every_kind_of_ping_is_looked_for() -> None:
    pings = [kind for kind in WHAT if kind.startswith("ping.") and kind != GONE]

    assert "ping.post" in pings
    assert [kind for kind in pings if f"'{kind}'" not in ALERT_KINDS] == []
