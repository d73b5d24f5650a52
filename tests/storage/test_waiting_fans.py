"""Who waits, and which message is the board."""

from functools import partial

import pytest

from storage.database import Database
from storage.inbox import conversations, fan_claims, fans, snoozes, threads, waiting_fans
from storage.operations.boards import WAITING, BoardMessage
from storage.records import CreatorId, DiscordId, FanId, FanvueMessageId, ThreadKey
from tests.storage.record_fixtures import CREATOR, FAN, OTHER_CREATOR, OTHER_FAN, a_fan, fan_thread

ANNA = DiscordId(30)


async def writes(known: Database, fan: FanId, at: int, creator: CreatorId = CREATOR) -> None:
    """A fan's message."""
    message = FanvueMessageId(f"{fan}-{at}")
    await known.write(lambda tx: conversations.fan_wrote(tx, creator, fan, message=message, at=at))


async def standing(known: Database, *, now: int = 100, limit: int = 10) -> list[waiting_fans.WaitingFan]:
    return await known.read(lambda tx: waiting_fans.standing(tx, CREATOR, now=now, limit=limit))


async def test_the_longest_wait_comes_first_with_name_and_newest_open_thread(known: Database) -> None:
    await a_fan(known, CREATOR, OTHER_FAN, handle="ida", display_name="Ida")
    for generation in (1, 2):
        await known.write(partial(threads.want, thread=fan_thread(generation)))
        key, thread = ThreadKey(f"thread-{generation}"), DiscordId(70 + generation)
        await known.write(partial(threads.opened, key=key, thread=thread, card=DiscordId(90 + generation)))
    await writes(known, FAN, 20)
    await writes(known, OTHER_FAN, 10)
    await writes(known, FanId("fan-9"), 5, OTHER_CREATOR)

    found = await standing(known)

    assert [(one.talk.fan, one.thread) for one in found] == [(OTHER_FAN, None), (FAN, DiscordId(72))]
    assert (found[0].handle, found[0].display_name) == ("ida", "Ida")
    assert [one.talk.fan for one in await standing(known, limit=1)] == [OTHER_FAN]


async def test_a_thread_that_is_gone_leads_nowhere(known: Database) -> None:
    await known.write(partial(threads.want, thread=fan_thread(1)))
    await known.write(
        partial(threads.opened, key=ThreadKey("thread-1"), thread=DiscordId(7), card=DiscordId(8))
    )
    await known.write(partial(threads.gone, key=ThreadKey("thread-1")))
    await writes(known, FAN, 20)

    (found,) = await standing(known)

    assert found.thread is None


@pytest.mark.parametrize(
    ("handle", "name"),
    [
        ("ida", "Ida"),
        ("zoe", "Nora"),
        ("zoe", "N\u043era"),
        ("n0ra", "Zoe"),
        ("zoe", "nora"),
        ("nora2", "Zoe"),
        (None, "Zoe"),
    ],
    ids=["nobody", "name", "other letters", "handle", "name like a handle", "nobody's handle", "no handle"],
)
async def test_each_is_named_alike_or_not_as_when_they_are_asked_about_alone(
    known: Database, handle: str | None, name: str
) -> None:
    await a_fan(known, CREATOR, FAN, handle="nora", display_name="Nora")
    told = {"display_name": name, **({} if handle is None else {"handle": handle})}
    await a_fan(known, CREATOR, OTHER_FAN, **told)
    await a_fan(known, OTHER_CREATOR, FanId("fan-9"), handle="nora", display_name="Nora")
    for fan in (FAN, OTHER_FAN):
        await writes(known, fan, 20)

    found = {one.talk.fan: one.mistakable for one in await standing(known)}

    for fan in (FAN, OTHER_FAN):
        person = await known.read(partial(fans.get, creator=CREATOR, fan=fan))
        assert person is not None
        assert found[fan] == await known.read(partial(fans.is_mistakable, fan=person))
    assert found[OTHER_FAN] is not ((handle, name) in {("ida", "Ida"), ("nora2", "Zoe")})


async def test_who_is_claimed_or_snoozed_without_waiting_is_there_until_that_is_over(known: Database) -> None:
    await known.write(lambda tx: fan_claims.claim(tx, CREATOR, FAN, ANNA, now=1, until=50))
    await known.write(lambda tx: snoozes.snooze(tx, CREATOR, OTHER_FAN, until=60))

    assert [one.talk.fan for one in await standing(known, now=10)] == [FAN, OTHER_FAN]
    assert [one.talk.fan for one in await standing(known, now=50)] == [OTHER_FAN]
    assert await standing(known, now=60) == []


async def test_a_board_is_known_by_creator_and_message_until_it_is_forgotten(known: Database) -> None:
    first = BoardMessage(CREATOR, DiscordId(1), DiscordId(2), "a")
    second = BoardMessage(CREATOR, DiscordId(1), DiscordId(3), "b")
    await known.write(partial(WAITING.keep, board=first))
    await known.write(partial(WAITING.keep, board=second))
    await writes(known, FAN, 1, OTHER_CREATOR)

    assert await known.read(partial(WAITING.get, creator=CREATOR)) == second
    assert await known.read(partial(WAITING.by_message, message=DiscordId(3))) == second
    assert await known.read(partial(WAITING.by_message, message=DiscordId(2))) is None
    assert await known.read(waiting_fans.creators) == [CREATOR, OTHER_CREATOR]

    await known.write(partial(WAITING.forget, creator=CREATOR))

    assert await known.read(partial(WAITING.get, creator=CREATOR)) is None
    assert await known.read(waiting_fans.creators) == [OTHER_CREATOR]
