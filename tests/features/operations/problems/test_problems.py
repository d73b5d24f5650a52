"""What waits for a person is listed with its reason and settled by one word, once."""

import asyncio

import pytest

from bot.model.errors import DeliveryRefused, TryLater
from bot.model.ports import Post
from storage.operations import attention
from storage.people import creators
from storage.records import CreatorId, DiscordId, EffectId, EffectState, LinkState, Millis
from tests.features.operations.problems.problems_scenario import WAITS, ProblemsScenario, labels, words
from tests.relay.fault_switchboard import ResetConnection
from tests.relay.namesake_fixtures import NAMESAKES, stands_beside
from tests.relay.relay_scenario import CREATOR, EMMA, GUILD, MAYA, NOAH

NOBODY = "Nothing needs your attention."
ZOE = DiscordId(1_300_000_000_000_000_021)
LAST_LOOK: Millis = 61_000
PAUSED = "The bot may not write in {}: give it Send Messages there."


async def page(office: ProblemsScenario, number: int = 0) -> Post:
    return await office.desk.problems.page([CREATOR], number)


async def lost_reply(office: ProblemsScenario) -> EffectId:
    """A reply that is not in the chat, as far as can be seen."""
    await office.greeted()
    office.fanvue.faults.add("send", ResetConnection())
    reply = await office.reply("hi")
    await office.pass_time(LAST_LOOK)
    return reply


async def refused_line(office: ProblemsScenario) -> EffectId:
    """A fan's message that Discord did not take."""
    await office.greeted()
    office.discord.faults.add("post", DeliveryRefused("AutoMod of this server blocked this message."))
    await office.happen(office.wrote("spam?"))
    (waiting,) = await office.database.read(lambda tx: attention.waiting(tx, CREATOR, limit=9))
    return waiting.id


async def test_nothing_is_said_to_wait_when_nothing_does(office: ProblemsScenario) -> None:
    await office.greeted()

    assert words(await page(office)).strip() == NOBODY


async def test_a_reply_that_was_not_found_asks_with_its_reason_and_a_link_to_its_line(
    office: ProblemsScenario,
) -> None:
    await lost_reply(office)

    shown = await page(office)

    thread = await office.thread()
    line = max(office.discord.channels[thread].posts)
    assert "A reply to **Emma @quiet-otter** is not in the chat" in words(shown)
    assert "send it again, or discard it" in words(shown)
    assert f"https://discord.com/channels/{GUILD}/{thread}/{line}" in words(shown)
    assert labels(shown) == ["1: Send again", "1: Discard"]


async def test_of_many_clicks_one_counts_and_the_others_learn_who_and_when(office: ProblemsScenario) -> None:
    reply = await lost_reply(office)
    problems = office.desk.problems

    said = await asyncio.gather(
        problems.again(reply, MAYA), problems.drop(reply, ZOE), problems.again(reply, ZOE)
    )
    await office.turn()

    at = office.clock.now() // 1000
    settled = f"This is settled: <@{MAYA}> had it sent again <t:{at}:R>."
    assert sorted(said) == ["On its way again.", settled, settled]
    assert office.texts() == ["hi"]
    assert [(entry.action, entry.actor, entry.cause) for entry in await office.audit()] == [
        ("reply.again", MAYA, reply)
    ]
    assert words(await page(office)).strip() == NOBODY


async def test_a_discarded_reply_is_gone_for_good_and_its_line_says_so(office: ProblemsScenario) -> None:
    reply = await lost_reply(office)

    said = await office.desk.problems.drop(reply, MAYA)
    late = await office.desk.problems.again(reply, ZOE)
    await office.pass_time(LAST_LOOK)

    assert said == "Discarded. Not sent."
    assert f"<@{MAYA}> discarded it" in late
    assert (await office.shown(reply)).small == "Discarded. Not sent."
    assert office.texts() == []


async def test_a_reply_settled_in_its_thread_is_settled_on_the_list_too(office: ProblemsScenario) -> None:
    reply = await lost_reply(office)

    await office.replies.drop(reply, MAYA, await office.thread())
    late = await office.desk.problems.again(reply, ZOE)

    assert f"<@{MAYA}> discarded it" in late
    assert words(await page(office)).strip() == NOBODY


async def test_a_line_that_was_refused_is_posted_again_by_a_persons_word(office: ProblemsScenario) -> None:
    line = await refused_line(office)
    shown = await page(office)

    said = await office.desk.problems.again(line, MAYA)
    await office.turn()

    assert "A line in the thread of **Emma @quiet-otter** was not posted. AutoMod" in words(shown)
    assert labels(shown) == ["1: It wasn't posted, post it again", "1: Keep as is"]
    assert said == "On its way again."
    assert await office.lines() == ["hello", "spam?"]
    assert [entry.action for entry in await office.audit()] == ["problem.again"]


async def test_a_line_that_is_left_is_never_posted(office: ProblemsScenario) -> None:
    line = await refused_line(office)

    said = await office.desk.problems.drop(line, MAYA)
    await office.pass_time(LAST_LOOK)

    assert said == "Kept as is."
    assert await office.lines() == ["hello"]
    assert (await office.effect(line)).state is EffectState.CANCELLED


async def two_paused(office: ProblemsScenario) -> Post:
    """Two threads in which the bot may not write."""
    for fan in (EMMA, NOAH):
        await office.greeted(fan)
    for fan in (EMMA, NOAH):
        place = f"<#{await office.thread(fan)}>"
        office.discord.faults.add("post", TryLater(PAUSED.format(place), paused=True))
        await office.happen(office.wrote("hello?", fan))
    return await page(office)


async def test_what_waits_for_one_thing_is_one_problem_and_tried_at_once_by_a_word(
    office: ProblemsScenario,
) -> None:
    shown = await two_paused(office)
    ref = EffectId(shown.buttons[0].ref)

    said = await office.desk.problems.now(ref, MAYA)
    await office.turn()
    late = await office.desk.problems.now(ref, ZOE)

    assert "give it Send Messages there. Waiting for it: 2 lines." in words(shown)
    assert str(await office.thread(NOAH)) in words(shown)
    assert labels(shown) == ["1: I fixed it, try now"]
    assert said.startswith("Trying now (2 waiting).")
    assert (await office.lines(EMMA), await office.lines(NOAH)) == (["hello", "hello?"], ["hello", "hello?"])
    assert f"<@{MAYA}> had it tried again" in late
    assert [entry.action for entry in await office.audit()] == ["problem.now"]
    assert words(await page(office)).strip() == NOBODY


async def test_what_still_does_not_work_is_listed_again_with_the_newest_reason(
    office: ProblemsScenario,
) -> None:
    shown = await two_paused(office)
    for _ in range(2):
        office.discord.faults.add("post", TryLater("The forum is locked.", paused=True))

    await office.desk.problems.now(EffectId(shown.buttons[0].ref), MAYA)
    await office.turn()
    again = await page(office)
    said = await office.desk.problems.now(EffectId(again.buttons[0].ref), ZOE)

    assert "The forum is locked. Waiting for it: 2 lines." in words(again)
    assert said.startswith("Trying now (2 waiting).")


async def test_a_change_on_the_server_wakes_what_is_paused_there_and_nothing_elsewhere(
    office: ProblemsScenario,
) -> None:
    await two_paused(office)

    await office.desk.problems.guild_changed(DiscordId(GUILD + 1))
    await office.turn()
    elsewhere = await office.lines()
    await office.desk.problems.guild_changed(GUILD)
    await office.turn()

    assert elsewhere == ["hello"]
    assert await office.lines() == ["hello", "hello?"]


async def test_a_sign_in_that_is_over_is_listed_and_what_it_holds_up_only_once(
    office: ProblemsScenario,
) -> None:
    await office.greeted()

    async def sign_out(tx: object) -> None:
        link = await creators.open_link(tx, CREATOR)  # type: ignore[arg-type]  # a transaction
        assert link is not None
        await creators.move(tx, link.id, was=LinkState.ACTIVE, to=LinkState.RELINK_REQUIRED)  # type: ignore[arg-type]

    await office.database.write(sign_out)
    alone = await page(office)
    office.fanvue.faults.add("send", TryLater("Fanvue needs a new sign-in: /link.", paused=True))
    await office.reply("hi")
    await office.turn()
    together = await page(office)

    assert "**@lola** must sign in to Fanvue again: the creator runs /link." in words(alone)
    assert labels(alone) == []
    assert "Fanvue needs a new sign-in: /link. Waiting for it: 1 reply." in words(together)
    assert "2." not in words(together)


async def test_a_creator_without_a_forum_is_told_to_run_setup(office: ProblemsScenario) -> None:
    other = CreatorId("other-creator")
    await office.link(other)

    homes = await office.desk.problems.homes(GUILD)
    shown = await office.desk.problems.page([other])

    assert [(home.creator, home.forum is None) for home in homes] == [(CREATOR, False), (other, True)]
    assert "run /setup" in words(shown)


async def test_a_long_list_is_paged_and_every_problem_is_on_one_page(office: ProblemsScenario) -> None:
    await office.greeted()
    for number in range(12):
        office.discord.faults.add("post", DeliveryRefused(f"No, number {number}."))
        await office.happen(office.wrote(f"line {number}"))
        await office.pass_time(WAITS.breaker[1])  # several refusals in a row close the way for a while

    pages = [await page(office, number) for number in range(3)]
    text = "\n".join(words(one) for one in pages)

    assert [text.count(f"No, number {number}.") for number in range(12)] == [1] * 12
    assert [labels(one)[-1] for one in pages] == ["More", "More", "Back"]
    assert "12 in all · page 3 of 3" in words(pages[2])
    assert words(await page(office, 99)) == words(pages[2])


@pytest.mark.parametrize("word", ["again", "drop", "now"])
async def test_a_button_of_something_unknown_settles_nothing(office: ProblemsScenario, word: str) -> None:
    said = await getattr(office.desk.problems, word)(EffectId("x" * 22), MAYA)

    assert said == "This item is already settled."
    assert await office.audit() == []


async def test_the_status_says_who_settles_it_to_whoever_may_not(office: ProblemsScenario) -> None:
    await lost_reply(office)

    decides, reads = [words(await office.desk.status.of([CREATOR], one)) for one in ([CREATOR], [])]

    assert "🔴 1 waiting for your attention: see /inbox problems." in decides
    assert "🔴 1 waiting for your attention: anyone who may answer these fans can decide." in reads
    assert "/inbox problems" not in reads


@NAMESAKES
async def test_a_problem_names_its_fan_so_that_nobody_else_is_meant(
    office: ProblemsScenario, handle: str, name: str, digits: str
) -> None:
    await stands_beside(office.database, handle, name)
    await lost_reply(office)

    assert f"A reply to **Emma @quiet-otter{digits}** is not in the chat" in words(await page(office))
