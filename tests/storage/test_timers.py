"""Timers and the pings that stand, in the database."""

from storage.database import Database, Transaction
from storage.engine import outbox
from storage.engine.outbox import OutboxEntry
from storage.inbox import timers
from storage.inbox.timers import TimerSettings
from storage.people import creators
from storage.records import DiscordId, EffectId, FanId, Link, LinkId, LinkState, Stream
from tests.storage.record_fixtures import CREATOR, FAN, OTHER_CREATOR, OTHER_FAN

LENA = DiscordId(30)
HELD = TimerSettings(CREATOR, 10, 5, 1320, 480)


async def effect(tx: Transaction, name: str, *, part: str, cause: str = "", fan: FanId = FAN) -> None:
    """A ping, or what takes one away."""
    await outbox.add(
        tx,
        OutboxEntry(
            id=EffectId(name),
            stream=Stream(f"pi:{CREATOR}:{fan}"),
            network="discord",
            kind="ping.gone" if part == "gone" else "ping.post",
            creator=CREATOR,
            fan=fan,
            cause=cause or f"ping:{name}",
            part=part,
            body=b"",
            nonce=name,
            not_before=0,
            created_at=7,
        ),
    )


async def test_timers_are_one_creators_and_replaced_whole(known: Database) -> None:
    alone = TimerSettings(CREATOR, 20)

    async def work(tx: Transaction) -> list[TimerSettings | None]:
        await timers.put(tx, HELD, by=LENA, now=1)
        first = await timers.get(tx, CREATOR)
        await timers.put(tx, alone, by=LENA, now=2)
        second, other = await timers.get(tx, CREATOR), await timers.get(tx, OTHER_CREATOR)
        await timers.remove(tx, CREATOR)
        return [first, second, other, await timers.get(tx, CREATOR)]

    assert await known.write(work) == [HELD, alone, None, None]


async def test_a_creator_whose_link_ended_has_none_that_run(known: Database) -> None:
    async def work(tx: Transaction) -> list[list[TimerSettings]]:
        link = Link(LinkId("l1"), CREATOR, LENA, DiscordId(7), 1, LinkState.ACTIVE, "", "lola")
        await timers.put(tx, HELD, by=LENA, now=1)
        without = await timers.running(tx)
        await creators.add_link(tx, link, now=1)
        linked = await timers.running(tx)
        await creators.close(tx, link.id, now=2)
        return [without, linked, await timers.running(tx)]

    assert await known.write(work) == [[], [HELD], []]


async def test_a_ping_stands_until_it_is_to_be_taken_away(known: Database) -> None:
    async def work(tx: Transaction) -> None:
        await effect(tx, "p1", part="theirs")
        await effect(tx, "p2", part="team")
        await effect(tx, "p3", part="team", fan=OTHER_FAN)
        await effect(tx, "g1", part="gone", cause="p1")

    await known.write(work)
    standing = await known.read(lambda tx: timers.standing(tx, CREATOR, FAN))

    assert [(one.effect, one.step, one.at) for one in standing] == [("p2", "team", 7)]
    assert await known.read(lambda tx: timers.ever(tx, CREATOR, FAN)) == 2
