"""Whose thread may rest, on both databases."""

from collections.abc import Awaitable, Callable

import pytest

from storage.database import Database, Transaction
from storage.engine import drafts, outbox, stream_heads
from storage.engine.drafts import Draft
from storage.inbox import conversations, fan_claims, held_replies, idle_threads, snoozes, threads
from storage.inbox.conversations import AnsweredBy
from storage.inbox.idle_threads import REST
from storage.records import DiscordId, DraftId, EffectState, FanvueMessageId
from tests.storage.record_fixtures import CREATOR, FAN, GUILD, OTHER_FAN, a_fan, fan_thread, new_effect

THREAD, ANNA, NOW = DiscordId(77), DiscordId(30), 1_000


async def open_thread(tx: Transaction) -> None:
    """Fan's thread is there, and they were answered."""
    thread = fan_thread()
    await threads.want(tx, thread)
    await threads.opened(tx, thread.key, thread=THREAD, card=THREAD)
    await conversations.fan_wrote(tx, CREATOR, FAN, message=FanvueMessageId("m1"), at=100)
    await conversations.answered(tx, CREATOR, FAN, at=200, by=AnsweredBy.MEMBER, member=ANNA)


async def nothing(_tx: Transaction) -> None:
    """All is well."""


async def waits(tx: Transaction) -> None:
    await conversations.fan_wrote(tx, CREATOR, FAN, message=FanvueMessageId("m2"), at=300)


async def waits_out_of_sight(tx: Transaction) -> None:
    await waits(tx)
    await snoozes.snooze(tx, CREATOR, FAN, until=9_999)


async def claimed(tx: Transaction) -> None:
    await fan_claims.claim(tx, CREATOR, FAN, ANNA, now=NOW, until=NOW + 1)


async def something_open(tx: Transaction) -> None:
    await outbox.add(tx, new_effect(1, fan=FAN))


async def something_asks(tx: Transaction) -> None:
    await something_open(tx)
    await tx.execute("UPDATE outbox SET state = 'absent', attention = 'Look.'")


async def held(tx: Transaction) -> None:
    draft = Draft(DraftId("d"), "reply.kept", "open", 1, CREATOR, "{}", ANNA, GUILD, None, None, 1, 9_999)
    await drafts.open_draft(tx, draft)
    await held_replies.add(tx, draft.id, CREATOR, FAN)


async def gone(tx: Transaction) -> None:
    await threads.gone(tx, fan_thread().key)


async def of_somebody_else(tx: Transaction) -> None:
    await outbox.add(tx, new_effect(1, fan=OTHER_FAN))


async def over(tx: Transaction) -> None:
    await something_open(tx)
    await tx.execute("UPDATE outbox SET state = 'done'")


@pytest.mark.parametrize("so", [nothing, of_somebody_else, over], ids=lambda so: so.__name__)
async def test_an_answered_fans_thread_may_rest(
    known: Database, so: Callable[[Transaction], Awaitable[None]]
) -> None:
    await a_fan(known, CREATOR, OTHER_FAN)
    await known.write(open_thread)
    await known.write(so)

    (found,) = await known.read(lambda tx: idle_threads.idle(tx, [DiscordId(5), THREAD], now=NOW))

    assert (found.creator, found.fan, found.thread, found.since) == (CREATOR, FAN, THREAD, 200)


@pytest.mark.parametrize(
    "so",
    [waits, waits_out_of_sight, claimed, something_open, something_asks, held, gone],
    ids=lambda so: so.__name__,
)
async def test_a_thread_in_which_anything_is_to_be_done_may_not_rest(
    known: Database, so: Callable[[Transaction], Awaitable[None]]
) -> None:
    await known.write(open_thread)
    await known.write(so)

    assert await known.read(lambda tx: idle_threads.idle(tx, [THREAD], now=NOW)) == []


async def test_one_effect_can_be_left_out_of_account_and_no_thread_is_asked_about_for_nothing(
    known: Database,
) -> None:
    await known.write(open_thread)
    await known.write(something_open)
    effect = new_effect(1, fan=FAN).id

    found = await known.read(lambda tx: idle_threads.idle(tx, [THREAD], now=NOW, besides=effect))

    assert [one.thread for one in found] == [THREAD]
    assert await known.read(lambda tx: idle_threads.idle(tx, [], now=NOW)) == []


async def test_what_is_about_to_rest_on_a_server_is_counted_as_long_as_it_is_young(known: Database) -> None:
    await known.write(open_thread)
    effect = new_effect(1, fan=FAN, kind=REST)
    await known.write(lambda tx: outbox.add(tx, effect))
    made = (await known.read(lambda tx: tx.one("SELECT created_at FROM outbox")) or {})["created_at"]

    async def count(guild: DiscordId, since: int) -> int:
        return await known.read(lambda tx: idle_threads.going(tx, guild, since=since))

    assert await count(GUILD, made - 1) == 1
    assert await count(GUILD, made) == 0
    assert await count(DiscordId(5), made - 1) == 0
    await known.write(lambda tx: stream_heads.end(tx, effect.id, EffectState.DONE, now=NOW))
    assert await count(GUILD, made - 1) == 0
