"""A fan's thread: opened once, found by its reference, made again when gone."""

import asyncio

import pytest

from bot.engine.retry import RetryWaits
from bot.model.errors import DeliveryRefused, DeliveryUnknown, TargetGone, TryLater
from bot.relay.forum_places import SetupDone
from storage.database import Transaction
from storage.records import CreatorId, DiscordId, Forum
from tests.relay.fault_switchboard import HeldCall, LateCall, LostAnswer, ResetConnection
from tests.relay.relay_scenario import ALERTS, CREATOR, EMMA, FORUM, GUILD, MAYA, RelayScenario

LAST_LOOK = RetryWaits().settle[-1]
ANOTHER_FORUM = DiscordId(1_300_000_000_000_000_030)


async def test_a_forum_post_whose_answer_was_lost_is_adopted_by_its_reference(world: RelayScenario) -> None:
    world.discord.faults.add("open_thread", LostAnswer())
    await world.happen(world.wrote("hello"))

    await world.pass_time(LAST_LOOK)

    assert world.discord.threads(FORUM) == [await world.thread()]
    assert await world.lines() == ["hello"]
    assert world.discord.faults.calls["open_thread"] == 1


async def test_nothing_is_adopted_by_its_name(world: RelayScenario) -> None:
    await world.greeted()
    twin = world.discord.channels[await world.thread()]
    twin.name = f"{twin.name} · 3b6a"  # as somebody called it, and as the other one's will be
    world.discord.faults.add("open_thread", ResetConnection())
    other = type(EMMA)(type(EMMA.id)("3b6a0000-another-fan"), EMMA.handle, EMMA.display_name)

    await world.happen(world.wrote("me too", other))
    await world.pass_time(LAST_LOOK)

    assert world.discord.channels[await world.thread(other)].name == twin.name
    assert await world.thread(other) != await world.thread()
    assert await world.lines(other) == ["me too"]


async def test_a_forum_post_that_was_not_made_is_made_after_looking_long_enough(world: RelayScenario) -> None:
    world.discord.faults.add("open_thread", ResetConnection())
    await world.happen(world.wrote("hello"))
    await world.pass_time(LAST_LOOK - 1)
    before = world.discord.threads(FORUM)

    await world.pass_time(1)

    assert before == []
    assert await world.lines() == ["hello"]


async def test_of_two_forum_posts_the_older_is_kept_and_the_newer_deleted_before_any_line(
    world: RelayScenario,
) -> None:
    second = HeldCall(done=False)
    world.discord.faults.add("open_thread", LateCall(LAST_LOOK + 1_000), second)
    await world.happen(world.wrote("hello"))
    passing = asyncio.create_task(world.pass_time(LAST_LOOK))
    await second.reached.wait()
    world.clock.at += 1_000
    world.discord.faults.catch_up()
    [older] = world.discord.threads(FORUM)

    second.go.set()
    await passing

    assert world.discord.threads(FORUM) == [older]
    assert len(world.discord.deleted) == 1
    assert await world.thread() == older
    assert await world.lines() == ["hello"]


async def test_a_newer_forum_post_that_somebody_deleted_first_is_no_trouble(world: RelayScenario) -> None:
    world.discord.faults.add("open_thread", LostAnswer())
    await world.happen(world.wrote("hello"))
    thread = await world.current()
    assert thread is not None
    [older] = world.discord.threads(FORUM)
    await world.discord.open_thread(
        FORUM, name="twin", card=world.discord.channels[older].posts[older], tags=()
    )
    world.discord.faults.add("delete_thread", TargetGone("The thread or channel was deleted."))

    await world.pass_time(LAST_LOOK)

    assert await world.thread() == older


async def test_a_forum_post_that_discord_refuses_waits_for_a_person_and_is_made_then(
    world: RelayScenario,
) -> None:
    world.discord.faults.add("open_thread", DeliveryRefused("AutoMod of this server blocked this title."))
    await world.happen(world.wrote("hello"))
    parked = await world.database.read(attention)

    await world.pass_time(RetryWaits().paused)

    assert parked == ["AutoMod of this server blocked this title."]
    assert await world.lines() == ["hello"]


async def test_a_crash_while_a_forum_post_is_made_leaves_one(world: RelayScenario) -> None:
    held = HeldCall(done=True)
    world.discord.faults.add("open_thread", held)
    await world.keep(world.wrote("hello"))
    await held.reached.wait()

    await world.restart()
    await world.pass_time(LAST_LOOK)

    assert world.discord.threads(FORUM) == [await world.thread()]
    assert await world.lines() == ["hello"]


async def test_a_search_that_fails_after_the_post_was_made_does_not_make_another(
    world: RelayScenario,
) -> None:
    world.discord.faults.add("open_thread", TryLater("We couldn't reach Discord."))
    world.discord.faults.add("find_threads", TryLater("Discord has problems right now."))
    await world.happen(world.wrote("hello"))

    await world.pass_time(LAST_LOOK)

    assert world.discord.faults.calls["open_thread"] == 2  # the first one was surely not carried out
    assert world.discord.threads(FORUM) == [await world.thread()]
    assert await world.lines() == ["hello"]


async def test_a_deleted_thread_is_made_again_and_the_waiting_line_arrives_there(
    world: RelayScenario,
) -> None:
    first = await world.greeted()
    world.discord.delete(first)

    await world.happen(world.wrote("still there?"))

    second = await world.thread()
    known = await world.current()
    assert known is not None
    assert (second != first, known.generation) == (True, 2)
    assert await world.lines() == ["still there?"]
    card = world.discord.channels[second].posts[second]
    assert "This thread continues an earlier one that is gone." in "\n".join(card.body)


async def test_a_thread_that_is_gone_again_and_again_is_not_made_without_a_pause(
    world: RelayScenario,
) -> None:
    await world.greeted()
    world.discord.faults.add("post", *(TargetGone("The thread or channel was deleted.") for _ in range(30)))

    await world.happen(world.wrote("still there?"))

    assert world.discord.faults.calls["open_thread"] < 5
    await world.pass_time(30 * RetryWaits().backoff_max)
    assert (await world.lines())[-1:] == ["still there?"]


async def test_a_lost_line_in_a_deleted_thread_is_posted_in_the_next_one(world: RelayScenario) -> None:
    first = await world.greeted()
    world.discord.faults.add("post", LostAnswer())
    await world.happen(world.wrote("still there?"))
    world.discord.delete(first)

    await world.pass_time(RetryWaits().nonce + LAST_LOOK)

    assert await world.lines() == ["still there?"]


async def test_a_forum_that_is_gone_waits_for_a_person(world: RelayScenario) -> None:
    world.discord.forums.clear()
    await world.happen(world.wrote("hello"))
    parked = await world.database.read(attention)

    await world.places.remove(FORUM)
    await world.set_up(ANOTHER_FORUM)
    await world.turn()

    assert parked == ["The forum is gone: run /setup to create a new one."]
    assert world.discord.threads(ANOTHER_FORUM) == [await world.thread()]
    assert await world.lines() == ["hello"]


async def attention(tx: Transaction) -> list[str]:
    """What waits for a person."""
    rows = await tx.all("SELECT attention FROM outbox WHERE attention IS NOT NULL")
    return [row["attention"] for row in rows]


async def test_lines_of_a_forgotten_forum_go_to_the_next_one(world: RelayScenario) -> None:
    first = await world.greeted()
    world.discord.faults.add("post", TryLater("Not now.", after=5))
    await world.happen(world.wrote("still there?"))
    world.discord.delete(first)
    await world.places.remove(FORUM)
    await world.pass_time(600_000)
    posts = world.discord.faults.calls["post"]

    await world.set_up(ANOTHER_FORUM)
    await world.turn()

    assert posts == 3  # hello, not now, gone: a dead id is not knocked at again
    assert world.discord.threads(ANOTHER_FORUM) == [await world.thread()]
    assert await world.lines() == ["still there?"]


async def test_a_thread_wanted_while_its_forum_is_forgotten_waits_for_the_next_one(
    world: RelayScenario,
) -> None:
    world.discord.faults.add("open_thread", TryLater("Not now.", after=5))
    await world.happen(world.wrote("hello"))
    await world.places.remove(FORUM)
    await world.pass_time(10_000)

    await world.set_up(ANOTHER_FORUM)
    await world.turn()

    assert world.discord.threads(ANOTHER_FORUM) == [await world.thread()]
    assert await world.lines() == ["hello"]


async def test_places_know_their_forums_creators_and_threads(world: RelayScenario) -> None:
    thread = await world.greeted()

    [forum] = await world.places.of_guild(GUILD)
    creator = await world.places.creator(CREATOR)
    fan_thread = await world.places.thread(thread)

    assert (forum.id, forum.creator) == (FORUM, CREATOR)
    assert creator is not None
    assert creator.display_name == "Lola"
    assert fan_thread is not None
    assert fan_thread.fan == EMMA.id
    assert await world.places.creator(CreatorId("nobody")) is None


async def test_a_forum_without_anybody_who_waits_for_it_is_kept_for_later(bare: RelayScenario) -> None:
    assert await bare.set_up() is None

    [forum] = await bare.places.of_guild(GUILD)
    assert forum.creator is None


@pytest.mark.parametrize(
    "failed",
    [TryLater("Not now."), DeliveryRefused("No permission."), DeliveryUnknown("Unclear.")],
    ids=["later", "refused", "unknown"],
)
async def test_a_search_that_shows_nothing_proves_nothing(
    world: RelayScenario, failed: TryLater | DeliveryRefused | DeliveryUnknown
) -> None:
    world.discord.faults.add("open_thread", LostAnswer())
    await world.happen(world.wrote("hello"))
    world.discord.faults.add("find_threads", *(failed for _ in range(6)))

    await world.pass_time(10 * LAST_LOOK)

    assert world.discord.threads(FORUM) == [await world.thread()]
    assert world.discord.faults.calls["open_thread"] == 1


async def another_forum(world: RelayScenario) -> None:
    """The creator has a second forum from now on, and the first one lives."""
    world.discord.forums.add(ANOTHER_FORUM)
    place = Forum(ANOTHER_FORUM, GUILD, DiscordId(1), ALERTS, CREATOR, "{}")
    await world.places.add(place, SetupDone(MAYA, CREATOR, None))


async def test_a_forum_post_is_looked_for_in_the_forum_of_its_attempt(world: RelayScenario) -> None:
    world.discord.faults.add("open_thread", LostAnswer())
    await world.happen(world.wrote("hello"))
    await another_forum(world)

    await world.pass_time(LAST_LOOK)

    assert world.discord.threads(FORUM) == [await world.thread()]
    assert world.discord.threads(ANOTHER_FORUM) == []
    assert await world.lines() == ["hello"]


async def test_what_was_tried_in_one_forum_is_not_made_in_another_one_too(world: RelayScenario) -> None:
    world.discord.faults.add("open_thread", LateCall(LAST_LOOK + 1_000))
    await world.happen(world.wrote("hello"))
    await another_forum(world)
    world.discord.faults.add("open_thread", *[TryLater("Not now.")] * 2)

    await world.pass_time(10 * LAST_LOOK)

    assert world.discord.threads(FORUM) == [await world.thread()]
    assert world.discord.threads(ANOTHER_FORUM) == []


async def test_what_was_never_tried_is_made_in_the_newest_forum(world: RelayScenario) -> None:
    world.discord.faults.add("open_thread", TryLater("Not now.", after=5))
    await world.happen(world.wrote("hello"))
    await another_forum(world)

    await world.pass_time(10_000)

    known = await world.current()
    assert known is not None
    assert (known.forum, [known.thread]) == (ANOTHER_FORUM, world.discord.threads(ANOTHER_FORUM))


async def test_a_forum_that_is_gone_after_an_attempt_gives_way_to_the_other_one(world: RelayScenario) -> None:
    world.discord.faults.add("open_thread", ResetConnection())
    await world.happen(world.wrote("hello"))
    await another_forum(world)
    world.discord.forums.remove(FORUM)

    await world.pass_time(2 * LAST_LOOK)

    assert world.discord.threads(ANOTHER_FORUM) == [await world.thread()]
    assert await world.lines() == ["hello"]
