"""Events are tried for three days, and webhooks end with their key."""

import asyncio
import json
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.engine.effect_handler import Done, Moot, Outcome
from bot.engine.retry import RetryWaits
from bot.engine.streams import webhook_stream
from bot.features.operations.api_keys.key_rules import wished
from bot.features.operations.api_keys.service import ApiKeyService
from bot.features.operations.program_webhooks.delivery import AT_ONCE, ProgramEventDelivery
from bot.features.operations.program_webhooks.hearing import ProgramEventRecorder
from bot.features.operations.program_webhooks.model import GIVEN_UP
from bot.features.operations.program_webhooks.records import ProgramWebhookRecords
from bot.features.operations.program_webhooks.sender import WebhookSender
from bot.features.operations.program_webhooks.service import ProgramWebhookService, WebhookWish
from bot.model.errors import TryLater
from bot.model.events import FanWrote, Followed, MoneyBack, Paid, Subscribed
from storage.engine import outbox, stream_heads
from storage.engine.connect import open_database
from storage.people import program_webhooks
from storage.records import CreatorId, Effect, EffectState, FanId, FanvueMessageId
from tests.audit_log_fixtures import begun
from tests.database_place import database_in
from tests.program_server import ProgramServer, receiving
from tests.relay.clock_fixtures import SettableClock
from tests.relay.relay_scenario import CREATOR, EMMA, RelayScenario

DAY = 86_400_000


@dataclass
class StillWebhook:
    """A creator on a clock that stands still, and a program's server."""

    room: RelayScenario
    keys: ApiKeyService
    hearing: ProgramEventRecorder
    service: ProgramWebhookService
    delivery: ProgramEventDelivery
    receiver: ProgramServer

    async def listens(self, path: str = "", **words: str) -> str:
        """A webhook of a new key; its id."""
        asked = {"name": "n8n", "role": "owner", "scope": "chats", **words}
        key, _ = await self.keys.make("lola", wished(asked))
        made, _ = await self.service.add("lola", WebhookWish(key.id, self.receiver.url + path, inside=True))
        self.receiver.secret = made.secret or ""
        return made.id

    async def happens(self, *facts: FanWrote | Paid | MoneyBack | Subscribed | Followed) -> None:
        """They are decided."""
        for fact in facts:
            await self.room.database.write(lambda tx, fact=fact: self.hearing.happened(tx, fact))  # type: ignore[misc]

    async def told(self, webhook: str) -> list[Effect]:
        """What its address is to be told, the oldest first."""
        stream = webhook_stream(CREATOR, webhook)
        return list(await self.room.database.read(lambda tx: outbox.in_stream(tx, stream, since=0)))

    async def ends(self, effect: Effect, state: EffectState) -> None:
        """It was taken, or set aside."""
        now = self.room.clock.now()
        await self.room.database.write(lambda tx: stream_heads.end(tx, effect.id, state, now=now))

    async def aside(self) -> int:
        """How many events nobody took."""
        (one,) = await self.service.listed("lola")
        return one.aside

    async def tries(self, effect: Effect) -> Outcome:
        """One attempt."""
        return await self.delivery.do(effect, self.room.effects.body(effect))


@pytest.fixture
async def still(tmp_path: Path) -> AsyncIterator[StillWebhook]:
    database = await open_database(database_in(tmp_path), now=0)
    room = RelayScenario(database, RetryWaits(), SettableClock())
    await begun(database)
    await room.link()
    dice, sender = random.Random(3), WebhookSender(seconds=30)  # noqa: S311 - repeatable on purpose
    records = ProgramWebhookRecords(room.ground())
    keys = ApiKeyService(
        database=room.database,
        trail=room.effects.trail,
        clock=room.clock,
        ids=room.ids,
        random=dice.randbytes,
    )
    service = ProgramWebhookService(room.ground(), records=records, random=dice.randbytes)
    delivery = ProgramEventDelivery(room.ground(), records=records, keys=keys, sender=sender)
    async with receiving(checks_age=False) as receiver:
        yield StillWebhook(room, keys, ProgramEventRecorder(records, room.clock), service, delivery, receiver)
    await sender.close()
    await database.close()


def message(number: int, text: str | None = "hello", creator: CreatorId = CREATOR) -> FanWrote:
    return FanWrote(creator, EMMA, FanvueMessageId(f"message-{number}"), 1_700_000_000_000 + number, text)


async def test_what_nobody_takes_is_set_aside_after_three_days(still: StillWebhook) -> None:
    webhook = await still.listens()
    await still.happens(message(1))
    still.receiver.status = 500
    event = (await still.told(webhook))[-1]

    waits = []
    for _ in range(12):
        with pytest.raises(TryLater) as later:
            await still.tries(event)
        waits.append(later.value.after)
    still.room.clock.at += GIVEN_UP - 1
    with pytest.raises(TryLater, match="it answered 500"):
        await still.tries(event)
    still.room.clock.at += 1
    ended = await still.tries(event)

    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]
    assert ended == Moot("Nobody took it for three days: it answered 500.")


async def test_an_event_that_is_learned_of_twice_is_one(still: StillWebhook) -> None:
    webhook = await still.listens()
    facts = (
        message(1),
        Paid(CREATOR, EMMA, "tip", 500, 1, currency="EUR"),
        Paid(CREATOR, EMMA, "tip", 700, 1),
        MoneyBack(CREATOR, None, "refund", None, 2, payment="p"),
        Subscribed(CREATOR, EMMA, "renewal_changed", 3, renews=False),
        Followed(CREATOR, EMMA, 4),
    )
    await still.happens(*facts, *facts)

    told = [still.room.effects.body(effect)["event"] for effect in await still.told(webhook)]

    assert [event["type"] for event in told] == [
        *("webhook.added", "message.received", "payment.received", "payment.received", "payment.returned"),
        *("subscription.changed", "follower.added"),
    ]
    assert told[2]["data"]["amount"] == {"currency": "EUR", "cents": 500}
    assert told[4]["data"] | {"creator": None} == {
        "creator": None,
        "fan": None,
        "what": "refund",
        "payment": "p",
        "amount": None,
    }
    assert (told[5]["data"]["renews"], told[5]["timestamp"]) == (False, "1970-01-01T00:00:00.003Z")


async def test_an_event_that_was_sent_again_counts_by_its_last_time(still: StillWebhook) -> None:
    webhook = await still.listens()
    await still.happens(message(1), message(2))
    added, first, second = await still.told(webhook)
    await still.ends(added, EffectState.DONE)
    for event in (first, second):
        await still.ends(event, EffectState.CANCELLED)
    both = await still.aside()

    await still.service.replay("lola", webhook, since=0, aside_only=True)
    waiting = await still.aside()
    *_, again, last = await still.told(webhook)
    await still.ends(again, EffectState.DONE)
    await still.ends(last, EffectState.CANCELLED)
    one = await still.aside()
    told = await still.service.replay("lola", webhook, since=0, aside_only=True)
    *_, third = await still.told(webhook)

    assert (both, waiting, one, told) == (2, 0, 1, (1, 0))
    assert still.room.effects.body(third)["id"] == second.id


async def test_with_the_last_day_of_its_key_a_webhook_ends(still: StillWebhook) -> None:
    webhook = await still.listens(days="7")
    await still.happens(message(1))
    waiting = (await still.told(webhook))[-1]
    still.room.clock.at += 7 * DAY
    await still.happens(message(2))

    assert await still.tries(waiting) == Moot("Its address or its key has ended.")
    assert len(await still.told(webhook)) == 2
    assert await still.service.listed("lola") == []
    assert still.receiver.received == []


async def test_another_creator_s_facts_are_told_to_nobody(still: StillWebhook) -> None:
    webhook = await still.listens()

    await still.happens(message(1, creator=CreatorId("somebody-else")))

    assert len(await still.told(webhook)) == 1


async def test_a_row_that_was_written_by_hand_is_told_nothing(still: StillWebhook) -> None:
    webhook = await still.listens()
    found = await still.room.database.read(lambda tx: program_webhooks.get(tx, webhook))
    assert found is not None
    sql = """INSERT INTO program_webhooks
             SELECT 'copy', creator_uuid, key_id, body_ct, made_at, NULL, NULL FROM program_webhooks"""
    await still.room.database.write(lambda tx: tx.execute(sql))

    await still.happens(message(1))

    assert len(await still.told(webhook)) == 2
    assert await still.told("copy") == []


async def test_an_event_that_a_later_version_knew_keeps_no_fact_from_being_decided(
    still: StillWebhook,
) -> None:
    webhook = await still.listens()
    found = await still.room.database.read(lambda tx: program_webhooks.get(tx, webhook))
    assert found is not None
    place = f"program_webhooks|body|{webhook}|{CREATOR}|{found.key}"
    body = json.loads(still.room.sealer.open(place, found.body))
    body["events"].append("fan.blushed")
    sealed = still.room.sealer.seal(place, json.dumps(body).encode())
    await still.room.database.write(lambda tx: program_webhooks.change(tx, webhook, body=sealed))

    await still.happens(message(1))

    assert len(await still.told(webhook)) == 2


async def test_eight_addresses_are_spoken_to_at_once(still: StillWebhook) -> None:
    webhooks = [await still.listens(f"?{number}") for number in range(AT_ONCE + 1)]
    events = [(await still.told(webhook))[0] for webhook in webhooks]
    still.receiver.any_secret, still.receiver.hanging, still.receiver.most = True, asyncio.Event(), AT_ONCE
    first = [asyncio.ensure_future(still.tries(event)) for event in events[:AT_ONCE]]
    await still.receiver.hung.wait()

    with pytest.raises(TryLater, match="Other addresses"):
        await still.tries(events[-1])
    still.receiver.hanging.set()
    await asyncio.gather(*first, return_exceptions=True)
    still.receiver.hanging = None

    assert await still.tries(events[-1]) == Done()


async def test_a_fan_whose_name_is_not_known_has_none(still: StillWebhook) -> None:
    webhook = await still.listens()

    await still.happens(message(1, text=None))

    told = still.room.effects.body((await still.told(webhook))[-1])["event"]["data"]
    assert told["fan"] in (None, {"id": FanId(EMMA.id), "handle": None, "name": None})
    assert told["message"]["text"] is None
