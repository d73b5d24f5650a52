"""What an erasure takes from Discord, and what it names that a person must delete."""

import pytest

from bot.access.policy import Action
from bot.features.people.privacy import erasure_texts as wording
from bot.model.errors import BotForbidden, TryLater
from bot.model.events import Followed
from storage.database import Transaction
from storage.inbox import forums
from storage.people import creators, erasures
from storage.people.erasure_places import ErasurePlace, RemainingPlaces, RemovalRank
from storage.people.erasures import ErasureStep
from storage.people.retention import RetentionTerms
from storage.records import Creator, CreatorId, DiscordId, Forum
from tests.features.operations.problems.problems_scenario import words
from tests.features.people.privacy.privacy_scenario import PrivacyScenario
from tests.features.people.privacy.test_erasure import ask, begun, carried_out
from tests.relay.fault_switchboard import LostAnswer
from tests.relay.relay_scenario import ALERTS, CREATOR, EMMA, FORUM, GUILD, MAYA, NOAH

OTHER = CreatorId("8d1f0c52-6f0e-4b7b-9d0b-2f7f0f2f4c99")
HOUR = 3_600_000
NO_RIGHTS = BotForbidden("The bot lacks rights here.")


@pytest.fixture
async def shared(manor: PrivacyScenario) -> PrivacyScenario:
    """Another creator is told in the same alerts channel."""

    async def somebody_else(tx: Transaction) -> None:
        await creators.learn(tx, Creator(OTHER, "zoe-else", "Zoe"), now=0)
        forum = Forum(DiscordId(FORUM + 50), GUILD, DiscordId(1), ALERTS, OTHER, "{}")
        await forums.add(tx, forum, now=0)

    await manor.database.write(somebody_else)
    return manor


async def alerted(manor: PrivacyScenario, number: int) -> None:
    for one in range(number):
        event = Followed(CREATOR, NOAH, manor.clock.now())
        await manor.happen(event, kind="follow", key=f"follow-{one}")


async def left_behind(manor: PrivacyScenario) -> list[object]:
    found = await manor.database.read(lambda tx: tx.all("SELECT * FROM removals"))
    return [*found, *await manor.database.read(lambda tx: tx.all("SELECT * FROM erasure_places"))]


async def links(manor: PrivacyScenario) -> list[str]:
    posts = manor.discord.channels[ALERTS].posts
    return [f"https://discord.com/channels/{GUILD}/{ALERTS}/{message}" for message in sorted(posts)]


async def report(manor: PrivacyScenario) -> str:
    return words(manor.mail.to[MAYA][0])


async def test_lines_that_were_to_go_already_go_with_the_rest_from_a_shared_channel(
    shared: PrivacyScenario,
) -> None:
    await alerted(shared, 3)
    shared.discord.faults.add("take_message", NO_RIGHTS)
    await shared.days(30.1)
    waiting = len(shared.discord.lines(ALERTS))
    await begun(shared)

    await carried_out(shared, 20)

    assert waiting >= 2
    assert shared.discord.lines(ALERTS) == []
    assert ALERTS not in shared.discord.deleted
    assert await left_behind(shared) == []


async def test_the_question_says_what_becomes_of_a_channel_that_others_share(shared: PrivacyScenario) -> None:
    question = words(await ask(shared))

    assert "from a channel that another creator shares, only this creator's own lines" in question


async def test_a_line_on_a_server_that_is_not_known_is_named_by_its_channel() -> None:
    line = ErasurePlace(CREATOR, ALERTS, DiscordId(12), RemovalRank.LINE)
    gone = dict.fromkeys(("fans", "messages", "inbox", "payments", "audit"), 0)

    told = words(wording.report(gone, gone, RetentionTerms(), RemainingPlaces((), (line,), 0, 1)))

    assert f"- Messages: message 12 in <#{ALERTS}>\n" in told


async def test_a_line_that_stays_is_named_by_its_link_and_its_shared_channel_is_not(
    shared: PrivacyScenario,
) -> None:
    await alerted(shared, 3)
    first = (await links(shared))[0]
    shared.discord.faults.add("take_message", NO_RIGHTS)
    await begun(shared)

    await carried_out(shared, 20)

    told = await report(shared)
    (ended,) = [one for one in await shared.audit() if one.outcome.startswith("erased")]
    assert "Discord did not let the bot delete 1 message." in told
    assert f"- Messages: {first}\n" in told
    assert f"<#{ALERTS}>" not in told
    assert ended.outcome.endswith("; 1 message could not be deleted")


async def test_of_many_lines_that_stay_the_first_are_named_and_the_rest_counted(
    shared: PrivacyScenario,
) -> None:
    await alerted(shared, 20)
    there = await links(shared)
    for _ in there:
        shared.discord.faults.add("take_message", NO_RIGHTS)
    await begun(shared)

    await carried_out(shared, 40)

    told = await report(shared)
    number = len(there)
    assert number >= 20
    assert f"Discord did not let the bot delete {number} messages." in told
    assert f"- Messages: {', '.join(there[:15])} and {number - 15} more\n" in told
    assert there[15] not in told


async def test_what_lies_in_a_forum_that_stays_is_neither_named_nor_counted(manor: PrivacyScenario) -> None:
    posts = [await manor.greeted(), await manor.greeted(NOAH)]
    for _ in range(3):
        manor.discord.faults.add("delete_thread", NO_RIGHTS)
    manor.discord.faults.add("delete_thread", NO_RIGHTS)
    await begun(manor)

    await carried_out(manor, 20)

    told = await report(manor)
    assert "Discord did not let the bot delete 2 channels." in told
    assert f"- Channels: <#{FORUM}>, <#{ALERTS}>\n" in told
    assert [post for post in posts if f"<#{post}>" in told] == []
    assert await left_behind(manor) == []


async def test_a_post_of_a_forgotten_fan_that_was_about_to_go_goes_although_its_forum_stays(
    manor: PrivacyScenario,
) -> None:
    thread = await manor.greeted()
    await manor.greeted(NOAH)
    manor.discord.faults.add("delete_thread", NO_RIGHTS)
    question = await manor.privacy.forgetting.ask(await manor.owner(), MAYA, thread)
    await manor.yes(question, action=Action.FORGET)
    await manor.turn()
    manor.discord.faults.add("delete_thread", NO_RIGHTS)
    await begun(manor)

    await carried_out(manor, 20)

    assert FORUM not in manor.discord.deleted
    assert thread in manor.discord.deleted


async def test_a_deletion_whose_row_was_damaged_begins_anew(manor: PrivacyScenario) -> None:
    await manor.greeted()
    await begun(manor)
    await manor.privacy.job.look()
    await manor.database.write(
        lambda tx: tx.execute("UPDATE outbox SET body_ct = X'00' WHERE kind = 'gone.all'")
    )

    await carried_out(manor, 20)

    assert {FORUM, ALERTS} <= set(manor.discord.deleted)
    assert await manor.database.read(erasures.under_way) == []


async def test_an_alert_of_which_nobody_knows_yet_whether_it_arrived_is_found_and_goes(
    shared: PrivacyScenario,
) -> None:
    await alerted(shared, 1)
    shared.discord.faults.add("post", LostAnswer())
    late = Followed(CREATOR, EMMA, shared.clock.now())
    await shared.happen(late, kind="follow", key="late")
    there = len(shared.discord.lines(ALERTS))
    await begun(shared)

    await carried_out(shared, 60)

    assert there >= 2
    assert shared.discord.lines(ALERTS) == []
    assert (
        "arrived on Discord.** If the channel is still there, check it and delete by hand what "
        "is about this creator"
    ) not in await report(shared)
    assert await shared.database.read(erasures.under_way) == []


async def test_an_alert_that_cannot_be_found_out_about_does_not_hold_an_erasure_up_for_ever(
    shared: PrivacyScenario,
) -> None:
    await alerted(shared, 1)
    shared.discord.faults.add("post", LostAnswer())
    late = Followed(CREATOR, EMMA, shared.clock.now())
    await shared.happen(late, kind="follow", key="late")
    await begun(shared)
    for _ in range(200):
        shared.discord.faults.add("post", LostAnswer())
        shared.discord.faults.add("find_post", TryLater("Not now."))

    await carried_out(shared, 10)
    waits = await shared.database.read(erasures.under_way)
    await shared.pass_time(HOUR)
    await carried_out(shared, 20)

    assert [one.step for one in waits] == [ErasureStep.BEGUN]
    assert "For 1 alert we don't know whether it arrived" in await report(shared)
    (ended,) = [one for one in await shared.audit() if one.outcome.startswith("erased")]
    assert ended.outcome.endswith("; 1 alert may still be on Discord")
    assert await shared.database.read(erasures.under_way) == []
