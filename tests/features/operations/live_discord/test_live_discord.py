"""A live check of Discord in each mood, and how it ends and goes on."""

import asyncio

import pytest

from bot.features.operations.live_check.terminal_lines import NobodyAnswers
from bot.features.operations.live_discord.place import RECORD
from bot.features.operations.live_discord.service import LOCK, LiveDiscordRefused
from bot.features.operations.live_discord.stage_people import LOOKS
from bot.sandbox.discord.model import FORUM, StandInOverwrite
from bot.sandbox.discord.permissions import MANAGE_CHANNELS, MANAGE_THREADS, VIEW_CHANNEL
from storage.engine.lockfile import LockFile
from tests.features.operations.live_discord.live_discord_scenario import LiveDiscordScenario

pytestmark = pytest.mark.asyncio(loop_scope="package")

FORUMS, POSTS, MESSAGES = r"/guilds/\d+/channels$", r"/channels/\d+/threads$", r"/channels/\d+/messages$"
STAGES = {"0": 6, "1": 10, "2": 1, "3": 4, "4": 2}


async def test_it_says_what_is_true_there(tried: LiveDiscordScenario) -> None:
    tried.house.stage.discord.limits.enabled, tried.house.stage.discord.world.speed = True, 1000.0

    found = await tried.tries()

    assert found.news() == {}
    assert (found.code, tried.forums()) == (0, [])
    answers = found.answers()
    assert "POST /channels/…/messages: 5 in 0.005 s" in answers.pop("limits")
    assert answers == {
        "permissions": "yes",
        "community": "yes",
        "card": "yes",
        "box": "yes",
        "nonce": "yes",
        "edit": "yes",
        "found": "yes",
        "wakes": "yes",
        "window": "the value, and the file's name, size and type",
        "file_host": "yes",
        "silent": "no",
        "edited": "no",
        "mention": "yes",
        "words": "yes",
        "boxed": "no notification",
        "age": "nothing of it",
    }
    assert {stage: len([one for one in found.record.steps if one[0] == stage]) for stage in STAGES} == STAGES


async def test_only_the_person_who_is_asked_is_notified(tried: LiveDiscordScenario) -> None:
    pings = tried.house.stage.discord.world.ledger
    before = len([one for one in pings if one.kind == "ping"])

    await tried.tries()

    rung = [one.json()["people"] for one in pings if one.kind == "ping"][before:]
    assert rung == [[tried.operator.user.id]] * 2  # in a line, and in a box


async def test_what_is_no_id_is_asked_for_again(tried: LiveDiscordScenario) -> None:
    typed = iter(("9" * 5_000, "\u0663", str(tried.operator.user.id)))

    async def types(question: str) -> str:
        return next(typed) if "user ID" in question else await LiveDiscordScenario.ask(tried, question)

    tried.ask = types  # type: ignore[method-assign]  # this person types what is none twice

    found = await tried.tries()

    assert (found.code, next(typed, None)) == (0, None)


async def test_it_makes_nothing_where_nobody_agrees(tried: LiveDiscordScenario) -> None:
    tried.says = {"": "n"}
    before = len(tried.house.stage.guild.channel_ids)

    found = await tried.tries()

    assert len(tried.house.stage.guild.channel_ids) == before
    assert (found.code, len(found.record.steps), found.record.ended) == (3, STAGES["0"], None)
    assert [line for line in found.progress if "left out" in line] == [
        f"Stage {stage} is left out." for stage in "1234"
    ]


@pytest.mark.parametrize(
    ("lacking", "step", "words"),
    [
        (MANAGE_CHANNELS, "0 rights", "Manage Channels"),
        (MANAGE_CHANNELS, "1 forum", "The bot may not write in the test forum"),
        (MANAGE_THREADS, "0 rights", "Manage Threads and Posts"),
    ],
)
async def test_a_permission_that_lacks_is_named(
    tried: LiveDiscordScenario, lacking: int, step: str, words: str
) -> None:
    tried.bot_role().permissions &= ~lacking

    found = await tried.tries()

    verdict, said = found.step(step)
    assert (verdict, found.code, tried.forums()) == ("bad", 1, [])
    assert words in said


async def test_what_was_mended_is_tried_again(tried: LiveDiscordScenario) -> None:
    tried.bot_role().permissions &= ~MANAGE_CHANNELS
    await tried.tries()
    tried.bot_role().permissions |= MANAGE_CHANNELS

    found = await tried.tries()

    assert (found.code, found.news(), found.answers()["permissions"]) == (0, {}, "yes")


async def test_a_forum_that_needs_community_is_said(tried: LiveDiscordScenario) -> None:
    tried.house.stage.discord.faults.refuse("POST", FORUMS, 50035)

    found = await tried.tries()

    assert found.answers()["community"] == "no: it was refused, and Community is off"
    assert found.step("1 forum")[0] == "bad"
    assert found.step("1 post") == ("unknown", "there is nothing to try it in")
    assert "Stage 2 is left out: there is no test forum." in found.progress


async def test_boxes_that_are_refused_are_said(tried: LiveDiscordScenario) -> None:
    tried.house.stage.discord.faults.refuse("POST", POSTS, 50035)

    found = await tried.tries()

    assert found.step("1 forum")[0] == "ok"
    assert found.step("1 post") == ("bad", "Discord did not accept this (status 400, code 50035)")
    assert found.step("1 section")[0] == "unknown"
    assert (found.code, tried.forums()) == (1, [])


async def test_one_box_that_is_refused_leaves_the_rest(tried: LiveDiscordScenario) -> None:
    tried.house.stage.discord.faults.refuse("POST", MESSAGES, 50035)

    found = await tried.tries()

    assert found.news() == {"1 longest message": "Discord did not accept this (status 400, code 50035)"}
    assert "box" not in found.answers()


async def test_it_waits_as_long_as_discord_asks(tried: LiveDiscordScenario) -> None:
    for path in (FORUMS, POSTS, MESSAGES):
        tried.house.stage.discord.faults.rate_limit("POST", path, 30.0, times=2)

    found = await tried.tries()

    assert found.news() == {}
    assert [round(one) for one in tried.slept if one > 2] == [30] * 6
    assert found.record.steps["1 limits"].seen["refused"] == {
        "POST /guilds/…/channels": 2,
        "POST /channels/…/threads": 2,
        "POST /channels/…/messages": 2,
    }


async def test_a_longer_wait_is_said_and_asked_again(tried: LiveDiscordScenario) -> None:
    tried.house.stage.discord.faults.rate_limit("POST", MESSAGES, 600.0)

    first = await tried.tries()
    second = await tried.tries()

    assert first.step("1 longest message") == ("unknown", "Discord asks us to wait 600 s")
    assert (second.code, second.news()) == (0, {})


async def test_a_person_who_never_presses(tried: LiveDiscordScenario) -> None:
    tried.presses = False

    found = await tried.tries()

    assert found.step("2 window") == ("unknown", "nobody sent the window within five minutes")
    assert (found.code, found.record.ended) == (3, None)
    assert tried.slept == [2.0] * LOOKS
    assert {"window", "file_host"}.isdisjoint(found.answers())


async def test_who_is_not_sure_is_said_so_and_asked_again(tried: LiveDiscordScenario) -> None:
    tried.says |= {
        "names everyone": "u",
        "line that mentions you": "not sure",
        "box that mentions you": "u",
        "1 nothing": "u",
    }

    unsure = await tried.tries()
    tried.says |= {
        "names everyone": "n",
        "line that mentions you": "y",
        "box that mentions you": "y",
        "1 nothing": "2",
    }
    sure = await tried.tries()

    assert set(map(unsure.step, unsure.news())) == {
        ("unknown", "the person at the phone was not sure"),
        ("unknown", "nobody was sure"),
    }
    assert {"silent", "mention", "words", "boxed", "age"}.isdisjoint(unsure.answers())
    assert sure.answers()["boxed"] == "a notification with its words"
    assert (sure.code, sure.answers()["age"]) == (0, "the forum, and a question about their age")


async def test_what_a_phone_did_otherwise_is_news(tried: LiveDiscordScenario) -> None:
    tried.says |= {"names everyone": "y", "line that mentions you": "n", "1 nothing": "3"}

    found = await tried.tries()

    assert found.news() == {
        "3 names everyone": "yes",
        "3 mention": "no",
        "4 member without verified age": "all of it",
    }
    assert found.code == 1


async def test_who_has_not_verified_their_age_sees_nothing_on_the_stand_in(
    tried: LiveDiscordScenario,
) -> None:
    mara = tried.house.stage.members["mara"]

    async def looks(question: str) -> str:
        if "1 nothing" not in question:
            return await LiveDiscordScenario.ask(tried, question)
        (forum,) = tried.forums()
        forum.overwrites[mara.user.id] = StandInOverwrite(mara.user.id, 1, VIEW_CHANNEL, 0)
        mara.user.adult = False
        seen = mara.sees(forum)
        mara.user.adult = True
        return "3" if seen or not mara.sees(forum) else "1"

    tried.ask = looks  # type: ignore[method-assign]  # this person really looks

    found = await tried.tries()

    assert found.answers()["age"] == "nothing of it"


async def test_it_can_be_stopped_and_goes_on(tried: LiveDiscordScenario) -> None:
    tried.presses = False
    under_way = asyncio.ensure_future(tried.tries())
    await tried.waits.wait()
    under_way.cancel()  # as Ctrl+C does
    with pytest.raises(asyncio.CancelledError):
        await under_way
    left, tried.presses = tried.forums(), True
    tried.asked.clear()

    found = await tried.tries()

    assert left == []
    assert found.progress[0] == "Going on where it stopped: 16 steps are done; --again begins afresh."
    assert "Stage 1" not in "".join(tried.asked)
    assert tried.asked[0].startswith("The test forum is made again for this")
    assert (found.code, found.news(), tried.forums()) == (0, {}, [])


async def test_who_leaves_the_terminal_ends_it(tried: LiveDiscordScenario) -> None:
    async def gone(question: str) -> str:
        if "names everyone" in question:
            raise NobodyAnswers
        return "" if "user ID" in question else "y"

    tried.ask = gone  # type: ignore[method-assign]  # the terminal is closed at this question

    with pytest.raises(NobodyAnswers):
        await tried.tries()

    assert tried.forums() == []
    assert (tried.state / RECORD).exists()


async def test_what_an_earlier_one_left_is_removed(tried: LiveDiscordScenario) -> None:
    tried.house.stage.discord.faults.fail("DELETE", "/channels/", times=20)
    first = await tried.tries()
    left = len(tried.forums())
    tried.house.stage.discord.faults.clear()

    second = await tried.tries()

    assert (left, first.progress[-1]) == (1, "The test forum could not be removed; the next start does it.")
    assert second.progress[:2] == [
        "An earlier check was ended before it could remove its test forum.",
        "Removed: 1.",
    ]
    assert tried.forums() == []


async def test_what_it_may_not_remove_is_left_to_a_person(tried: LiveDiscordScenario) -> None:
    tried.house.stage.discord.faults.fail("DELETE", "/channels/", times=20)
    await tried.tries()
    tried.house.stage.discord.faults.clear()
    tried.house.stage.discord.faults.refuse("DELETE", "/channels/", 50013)

    second, third = await tried.tries(), await tried.tries()

    words = "The bot may no longer do that: please delete #bridge-check-fans there by hand."
    assert (second.progress[1], words in third.progress) == (words, False)


async def test_a_forum_whose_making_was_not_answered_is_removed(tried: LiveDiscordScenario) -> None:
    tried.house.stage.discord.faults.lose_answer("POST", FORUMS)

    found = await tried.tries()

    assert found.step("1 forum")[0] == "unknown"
    assert (found.progress[-1], tried.forums()) == ("The test forum is removed.", [])


async def test_other_forums_are_left_alone(tried: LiveDiscordScenario) -> None:
    world, guild = tried.house.stage.discord.world, tried.house.stage.guild
    theirs = world.add_channel(guild, "bridge-check-fans", FORUM)

    await tried.tries()

    assert tried.forums() == [theirs]


async def test_a_second_one_meanwhile_is_refused(tried: LiveDiscordScenario) -> None:
    lock = LockFile(tried.state / LOCK)

    with pytest.raises(LiveDiscordRefused, match="A live check runs already, as process"):
        await tried.tries()

    lock.release()


async def test_a_token_that_is_refused_ends_it_at_once(tried: LiveDiscordScenario) -> None:
    with pytest.raises(LiveDiscordRefused, match="does not accept DISCORD_TOKEN"):
        await tried.tries(DISCORD_TOKEN="hush-hush")


async def test_another_application_is_said_without_its_number(tried: LiveDiscordScenario) -> None:
    found = await tried.tries(DISCORD_APPLICATION_ID="77")

    said = "the token belongs to another application than DISCORD_APPLICATION_ID names"
    assert found.step("0 application") == ("bad", said)


async def test_of_several_servers_one_is_named(tried: LiveDiscordScenario) -> None:
    world = tried.house.stage.discord.world
    (application,) = world.applications.values()
    other = world.add_guild("A quiet place", world.users[tried.operator.user.id])
    world.invite_bot(other, application, tried.bot_role().permissions)

    with pytest.raises(LiveDiscordRefused, match=rf"--server {other.id}  A quiet place"):
        await tried.tries()
    with pytest.raises(LiveDiscordRefused, match="not on that server"):
        await tried.tries(server=77)
    found = await tried.tries(server=tried.house.stage.guild.id)

    assert (found.code, tried.forums()) == (0, [])


async def test_the_report_has_nothing_of_anybody(tried: LiveDiscordScenario) -> None:
    tried.house.stage.discord.faults.refuse("PATCH", MESSAGES.removesuffix("$"), 50013)
    found = await tried.tries()

    written = found.page + str(found.report) + (tried.state / RECORD).read_text()
    assert [one for one in tried.private() if one in written] == []
    assert "the test forum" in found.step("1 edit")[1]
