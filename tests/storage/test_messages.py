"""Pairs: filled in as things become known, never erased, never mixed."""

from dataclasses import replace
from functools import partial

import pytest

from storage.database import Database
from storage.inbox import messages
from storage.records import DiscordId, EffectId, FanvueMessageId, MessagePair
from tests.storage.record_fixtures import CREATOR, FAN, OTHER_FAN, paired

MESSAGE = FanvueMessageId("message-1")
FULL = paired(
    effect=EffectId("effect-1"),
    channel=DiscordId(5),
    discord_message=DiscordId(6),
    seen_at=70,
    bought_at=80,
    price=900,
)


async def pair(database: Database, *pairs: MessagePair) -> list[bool]:
    return [await database.write(partial(messages.pair, new=one)) for one in pairs]


async def the_message(database: Database) -> MessagePair | None:
    return await database.read(lambda tx: messages.get(tx, CREATOR, MESSAGE))


async def test_a_pair_comes_back_as_it_was_kept(database: Database) -> None:
    assert await pair(database, FULL) == [True]
    assert await the_message(database) == FULL


async def test_pairing_again_fills_in_what_was_missing(database: Database) -> None:
    assert await pair(database, paired(), FULL) == [True, False]
    assert await the_message(database) == FULL


async def test_pairing_again_erases_nothing_and_changes_nothing_known(database: Database) -> None:
    other = replace(FULL, effect=EffectId("effect-2"), channel=DiscordId(50), discord_message=DiscordId(60))

    await pair(database, FULL, paired(), replace(other, seen_at=1, bought_at=1, price=1))
    assert await the_message(database) == FULL


@pytest.mark.parametrize(
    ("first", "second", "place"),
    [
        ((5, None), (9, 6), (9, 6)),
        ((5, None), (None, None), (5, None)),
        ((5, 6), (9, 7), (5, 6)),
        ((5, 6), (9, None), (5, 6)),
        ((None, None), (9, None), (9, None)),
    ],
)
async def test_a_place_on_discord_is_never_made_of_two(
    database: Database,
    first: tuple[int | None, int | None],
    second: tuple[int | None, int | None],
    place: tuple[int | None, int | None],
) -> None:
    for channel, message in (first, second):
        await pair(database, paired(channel=channel, discord_message=message))

    known = await the_message(database)
    assert known is not None
    assert (known.channel, known.discord_message) == place


async def test_a_message_is_found_by_the_discord_message_and_by_the_send(database: Database) -> None:
    await pair(database, FULL, paired(2))

    assert await database.read(lambda tx: messages.of_discord(tx, DiscordId(6))) == FULL
    assert await database.read(lambda tx: messages.of_effect(tx, EffectId("effect-1"))) == FULL
    assert await database.read(lambda tx: messages.of_discord(tx, DiscordId(1))) is None
    assert await database.read(lambda tx: messages.of_effect(tx, EffectId("none"))) is None


async def test_the_first_seeing_and_the_first_buying_count(database: Database) -> None:
    await pair(database, paired(direction="out"))

    for mark in (messages.seen, messages.bought):
        assert await database.write(partial(mark, creator=CREATOR, message=MESSAGE, at=10))
        assert not await database.write(partial(mark, creator=CREATOR, message=MESSAGE, at=20))
    assert await the_message(database) == paired(direction="out", seen_at=10, bought_at=10)


async def test_unseen_are_the_sent_ones_of_this_fan_oldest_first(database: Database) -> None:
    await pair(
        database,
        paired(1, direction="out", sent_at=30),
        paired(2, direction="out", sent_at=20),
        paired(3, direction="out", seen_at=1),
        paired(4, direction="in"),
        paired(5, direction="out", fan=OTHER_FAN),
    )

    unseen = await database.read(lambda tx: messages.unseen_out(tx, CREATOR, FAN))
    assert [one.message for one in unseen] == ["message-2", "message-1"]


async def test_a_message_can_be_shown_at_another_place_later(database: Database) -> None:
    await pair(database, FULL)

    await database.write(lambda tx: messages.shown_at(tx, CREATOR, MESSAGE, DiscordId(50), DiscordId(60)))
    assert await the_message(database) == replace(FULL, channel=DiscordId(50), discord_message=DiscordId(60))


async def test_the_last_message_in_is_the_newest_of_the_fan(database: Database) -> None:
    await pair(database, paired(1, sent_at=30), paired(2, sent_at=20), paired(3, sent_at=40, direction="out"))

    assert await database.read(lambda tx: messages.last_in(tx, CREATOR, FAN)) == paired(1, sent_at=30)
    assert await database.read(lambda tx: messages.last_in(tx, CREATOR, OTHER_FAN)) is None
