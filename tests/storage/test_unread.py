"""What somebody has seen of a thread, and who wrote since, on both databases."""

from functools import partial

import pytest

from storage.database import Database
from storage.engine import commands, outbox, stream_heads, unresolved_effects
from storage.inbox import unread_lines
from storage.records import DiscordId, EffectId, EffectState, Millis, Stream
from tests.storage.record_fixtures import command, new_effect

THREAD = Stream("dc:creator-1:fan-1")
MARA, NINA = DiscordId(30), DiscordId(31)


async def a_line(database: Database, number: int, **other: object) -> EffectId:
    """A line of the thread that waits to be posted."""
    line = new_effect(number, stream=THREAD, network="discord", kind="post", part="line:0", **other)
    await database.write(partial(outbox.add, new=line))
    return line.id


async def posted(database: Database, line: EffectId, *, began: Millis, ended: Millis) -> None:
    """It is there."""
    await database.write(lambda tx: outbox.begin(tx, line, began))
    await database.write(lambda tx: stream_heads.end(tx, line, EffectState.DONE, now=ended))


async def new_to(database: Database, member: DiscordId, *, after: int = 0) -> list[EffectId]:
    found = await database.read(lambda tx: unread_lines.written(tx, THREAD, after=after, but=member))
    return [line.id for line in found]


async def a_reply(database: Database, number: int, by: DiscordId) -> tuple[EffectId, EffectId]:
    """Somebody's reply, and its line."""
    asked = command(number, actor=by)
    send = new_effect(10 * number, cause=asked.id)
    await database.write(lambda tx: commands.stage(tx, asked))
    await database.write(partial(outbox.add, new=send))
    show = new_effect(
        10 * number + 1, stream=THREAD, network="discord", kind="reply.post", cause=send.id, part="show"
    )
    await database.write(partial(outbox.add, new=show))
    return send.id, show.id


@pytest.mark.parametrize(("before", "place"), [(99, 0), (100, 1), (299, 1), (300, 2), (9999, 2)])
async def test_a_thread_is_seen_up_to_what_was_being_posted_by_then(
    database: Database, before: Millis, place: int
) -> None:
    await posted(database, await a_line(database, 1), began=100, ended=150)
    await posted(database, await a_line(database, 2), began=300, ended=900)
    await a_line(database, 3)

    assert await database.read(lambda tx: unread_lines.shown_until(tx, THREAD, before=before)) == place


async def test_a_line_that_was_in_doubt_is_seen_since_it_was_found(database: Database) -> None:
    line = await a_line(database, 1)
    await database.write(lambda tx: outbox.begin(tx, line, 100))
    await database.write(
        lambda tx: unresolved_effects.doubt(tx, line, not_before=0, reason="lost", ended=200)
    )
    await database.write(lambda tx: stream_heads.end(tx, line, EffectState.DONE, now=900))

    assert await database.read(lambda tx: unread_lines.shown_until(tx, THREAD, before=899)) == 0
    assert await database.read(lambda tx: unread_lines.shown_until(tx, THREAD, before=900)) == 1


async def test_everybodys_lines_are_news_but_ones_own(database: Database) -> None:
    fan = await a_line(database, 1)
    _, maras = await a_reply(database, 2, MARA)
    _, ninas = await a_reply(database, 3, NINA)
    note = new_effect(4, stream=THREAD, network="discord", kind="post", part="note")
    await database.write(partial(outbox.add, new=note))

    assert await new_to(database, MARA) == [fan, ninas]
    assert await new_to(database, NINA) == [fan, maras]
    assert await new_to(database, MARA, after=1) == [ninas]


@pytest.mark.parametrize(
    ("end", "news"), [(EffectState.REJECTED, False), (EffectState.CANCELLED, False), (EffectState.DONE, True)]
)
async def test_a_reply_that_never_left_is_no_news(
    database: Database, end: EffectState, *, news: bool
) -> None:
    send, show = await a_reply(database, 2, NINA)
    await database.write(lambda tx: outbox.begin(tx, send, 50))
    await database.write(lambda tx: stream_heads.end(tx, send, end, now=60))

    assert await new_to(database, MARA) == ([show] if news else [])


async def test_the_place_of_a_line_is_known_in_its_own_thread_only(database: Database) -> None:
    await a_line(database, 1)
    second = await a_line(database, 2)

    assert await database.read(lambda tx: unread_lines.place(tx, THREAD, second)) == 2
    assert await database.read(lambda tx: unread_lines.place(tx, Stream("dc:other:fan"), second)) == 0
