"""Rows A1, A2, A4: who is let in at the webhooks' address, and who is not."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest

from bot.sandbox.fanvue.default_world import WEBHOOK_SECRET
from bot.sandbox.program import ProgramFailed
from tests.proofs.faults.live_bridge import LiveBridge

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def a_message(house: LiveBridge, words: str) -> bytes:
    """A fan writes, and the webhook that tells of it is in our hands."""
    (raw,) = await house.told(house.fan("Ada").write(words))
    return raw


FORGERIES: dict[str, Callable[[LiveBridge, bytes], tuple[bytes, str | None]]] = {
    "missing": lambda _, raw: (raw, None),
    "malformed": lambda _, raw: (raw, "v0=abc,t=soon"),
    "time twice": lambda house, raw: (raw, house.sealed(raw) + ",t=1"),
    "wrong secret": lambda house, raw: (raw, house.sealed(raw, secret="whsec_other")),
    "one byte changed": lambda house, raw: (raw.replace(b"precious", b"Precious"), house.sealed(raw)),
    "re-serialised": lambda house, raw: (json.dumps(json.loads(raw), indent=1).encode(), house.sealed(raw)),
}


@pytest.mark.fault("A1")
async def test_what_fanvue_did_not_sign_is_refused_and_leaves_a_count_only(house: LiveBridge) -> None:
    raw = await a_message(house, "precious")
    before = house.rows("SELECT COUNT(*) AS n FROM inbox")
    seen = await asyncio.gather(*(house.counted(outcome) for outcome in ("missing", "malformed", "wrong")))

    statuses = [await house.post(*forge(house, raw)) for forge in FORGERIES.values()]

    assert statuses == [401] * len(FORGERIES)
    assert house.rows("SELECT COUNT(*) AS n FROM inbox") == before
    now = await asyncio.gather(*(house.counted(outcome) for outcome in ("missing", "malformed", "wrong")))
    assert [after - earlier for after, earlier in zip(now, seen, strict=True)] == [1, 2, 3]
    assert "precious" not in house.log
    reasons = "SELECT reason, SUM(number) AS number FROM rejections GROUP BY reason ORDER BY reason"
    await house.stored(
        lambda: (
            house.rows(reasons)
            == [
                {"reason": "malformed", "number": 2},
                {"reason": "missing", "number": 1},
                {"reason": "wrong", "number": 3},
            ]
        )
    )
    (source,) = {row["source"] for row in house.rows("SELECT source FROM rejections")}
    assert len(source) == 16  # a keyed hash, the same for the same address
    everything = (
        house.database.read_bytes() + house.database.with_name(house.database.name + "-wal").read_bytes()
    )
    assert b"127.0.0.1" not in everything
    assert "bridge_webhook_refused_sources 1.0" in (await house.admin("metrics"))[1].splitlines()
    assert await house.post(raw) == 200  # the very same body, signed: nothing was held against it


@pytest.mark.fault("A2")
@pytest.mark.parametrize("late", [301, -302], ids=["old", "ahead"])
async def test_a_right_signature_at_the_wrong_time_is_refused_and_the_third_is_reported(
    house: LiveBridge, late: int
) -> None:
    raw = await a_message(house, f"late by {late}")
    stale, said = await house.counted("stale"), house.log.count("check the clock")

    statuses = [await house.post(raw, house.sealed(raw, late=late)) for _ in range(4)]

    assert statuses == [401] * 4  # the window is not widened by asking again
    assert await house.counted("stale") == stale + 4
    assert house.log.count("check the clock") == said + 1
    await house.alerted("Live events are refused: clock or replay")
    await house.board("must set the clock")
    assert "minutes off" in json.loads((await house.admin("readyz"))[1])["checks"]["clock"]
    assert await house.post(raw) == 200
    await house.until(lambda: house.boards("must set the clock") == [])
    assert json.loads((await house.admin("readyz"))[1])["checks"]["clock"] == "ok"


@pytest.mark.fault("A4")
async def test_without_a_secret_it_ends_with_78_and_with_two_both_are_good(house: LiveBridge) -> None:
    await house.stage.bridge.kill()
    bare = house.program("bare.log", FANVUE_WEBHOOK_SECRETS="")
    with pytest.raises(ProgramFailed, match="ended with 78") as ended:
        await bare.start()
    assert "FANVUE_WEBHOOK_SECRETS" in str(ended.value)
    house.stage.bridge._settings["FANVUE_WEBHOOK_SECRETS"] = f"whsec_tomorrow,{WEBHOOK_SECRET}"
    await house.stage.bridge.start()
    fan = house.fan("Ada")

    for words, secret in (("under the new", "whsec_tomorrow"), ("under the old", WEBHOOK_SECRET)):
        (raw,) = await house.told(fan.write(words))
        assert await house.post(raw, house.sealed(raw, secret=secret)) == 200
        await house.shows(fan, words)

    places = [f"FANVUE_WEBHOOK_SECRETS {number}" for number in (1, 2)]
    used = "SELECT key_id, place FROM webhook_keys WHERE place IN (?, ?) ORDER BY place"

    def told_apart() -> list[dict[str, Any]] | None:
        """Both keys at the places that they have now; counts are written down every few seconds."""
        found = house.rows(used, *places)
        return found if [row["place"] for row in found] == places else None

    rows = await house.stored(told_apart)
    assert rows is not None
    assert len({row["key_id"] for row in rows}) == 2  # told apart, and neither of them is the secret
    assert not any("whsec" in row["key_id"] for row in rows)
    figures = (await house.admin("metrics"))[1].splitlines()
    assert all(f'bridge_webhook_keys_total{{key="{place}"}} 1.0' in figures for place in places)


async def test_a_wrong_secret_is_said_everywhere_from_the_first_refused_delivery_until_one_is_taken(
    house: LiveBridge,
) -> None:
    await house.restart(FANVUE_WEBHOOK_SECRETS="whsec_mistyped")
    fan, logged = house.fan("Ida"), house.log.count("does not fit FANVUE_WEBHOOK_SECRETS")
    (raw,) = await house.told(fan.write("signed with another"))

    assert await house.post(raw) == 401
    await house.alerted("Live events are refused: wrong webhook secret")
    await house.board("Copy the signing secret from Fanvue")
    ready = json.loads((await house.admin("readyz"))[1])
    status = await house.status()
    logged = house.log.count("does not fit FANVUE_WEBHOOK_SECRETS") - logged
    await house.restart(FANVUE_WEBHOOK_SECRETS=WEBHOOK_SECRET)
    assert await house.post(raw) == 200
    await house.until(lambda: house.boards("Copy the signing secret from Fanvue") == [])

    assert (ready["status"], logged) == ("degraded", 1)
    assert "FANVUE_WEBHOOK_SECRETS" in ready["checks"]["webhook secret"]
    assert "FANVUE_WEBHOOK_SECRETS needs Fanvue's signing secret" in status.replace("\\", "")
    assert json.loads((await house.admin("readyz"))[1])["checks"]["webhook secret"] == "ok"
    assert "Live events: last" in await house.status()
