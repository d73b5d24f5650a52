"""Every alert, from the contract's examples, through the real program's door."""

import itertools
import json
import os
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import LiveBridge

# The example → what the alert says of it, and what it still says when all that may be null is.
TOLD = {
    "creator.follow.created": ("New follower", "New follower"),
    "creator.subscription.activated": ("New subscriber", "New subscriber"),
    "creator.subscription.renewed": ("Subscription renewed", "Subscription renewed"),
    "creator.subscription.deactivated": ("Subscription ended", "Subscription ended"),
    "creator.subscription.cancel_at_period_end_changed": ("Renewal switched off", "Renewal changed"),
    "creator.payment.succeeded": (
        "A paid message was opened\n$15.00 from Quiet Otter @quiet-otter",
        "New earnings\namount unknown from",
    ),
    "creator.refund.created": (
        "A payment was refunded\n-$15.00, Quiet Otter @quiet-otter",
        "A payment was refunded\namount unknown, ",
    ),
    "creator.dispute.created": (
        "A payment was disputed\n-$15.00, Quiet Otter @quiet-otter",
        "A payment was disputed\namount unknown, ",
    ),
    "payout.paid": ("Fanvue made a payout\n$1,234.56", "Fanvue made a payout\namount unknown"),
}
# No example: its fields were never seen. This is what it may look like.
PAYOUT: dict[str, Any] = {"type": "payout.paid", "data": {"id": "po-1", "amount": 123_456, "currency": "USD"}}
# Without these an event is about nobody.
NEEDED = {"creator", "purchaser", "follower", "uuid"}


@pytest.fixture(scope="module")
def examples() -> Path:
    folder = os.environ.get("CONTRACTS_DIR")
    if not folder:
        pytest.skip("CONTRACTS_DIR names no contract folder")
    return Path(folder) / "fanvue" / "webhooks"


# Each alert has a message of its own: here it is about words.
house = own_house(scope="function", ALERT_FOLD_SECONDS="0")


def events(examples: Path, creator: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Every event, as it may be delivered now to this creator, and what is to be read of it."""
    numbers = itertools.count(1)
    for name, (said, said_of_nulls) in TOLD.items():
        file = examples / f"{name}.json"
        example = json.loads(file.read_text()) if file.exists() else PAYOUT
        for event, words in ((deepcopy(example), said), (with_nulls(example), said_of_nulls)):
            now = datetime.now(UTC).isoformat().replace("+00:00", "Z")
            event |= {"id": f"front-door-{next(numbers)}", "timestamp": now}
            event["data"]["creator"] = {"uuid": creator}
            event["data"] |= {key: now for key in ("created_at", "paid_at") if event["data"].get(key)}
            yield event, words


def with_nulls(example: dict[str, Any]) -> dict[str, Any]:
    """The event with null wherever it can be, and people with nothing but their ids."""

    def emptied(value: Any) -> Any:
        if not isinstance(value, dict):
            return None
        return {key: inner if key == "uuid" else emptied(inner) for key, inner in value.items()}

    data = {key: emptied(value) if key in NEEDED else None for key, value in example["data"].items()}
    return {**deepcopy(example), "data": data}


@pytest.mark.contract
async def test_each_example_is_told_once_also_with_every_null(house: LiveBridge, examples: Path) -> None:
    told = list(events(examples, house.stage.creator.uuid))

    answered = [await house.post(json.dumps(event).encode()) for event, _ in told for _ in range(2)]
    await house.until(lambda: len(house.alerts()) >= len(told))

    assert set(answered) == {200}
    lines = [line.replace("**", "") for line in house.alerts()]
    for words in {words for _, words in told}:
        wanted = sum(other.startswith(words) for _, other in told)
        assert sum(line.startswith(words) for line in lines) == wanted, words
    assert len(lines) == len(told)
