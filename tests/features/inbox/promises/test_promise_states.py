"""What members promise, keep, move and drop; what the card and lists say of it."""

import pytest

from bot.features.inbox.promises.service import LONGEST, MOST
from bot.features.inbox.promises.tasks import KEPT
from bot.text.reply_rules import ReplyRefused
from storage.database import Transaction
from storage.engine import audit_log
from storage.people import fan_erasure, privacy_modes
from storage.people.privacy_modes import PrivacyMode
from storage.records import DiscordId
from tests.features.inbox.claims.claims_scenario import NINA, OTTO
from tests.features.inbox.promises.promises_scenario import HOUR, PromisesScenario
from tests.relay.namesake_fixtures import NAMESAKES, stands_beside
from tests.relay.relay_scenario import ALERTS, CREATOR, EMMA, GUILD, NOAH


async def actions(pledges: PromisesScenario) -> list[str]:
    lines = await pledges.database.read(lambda tx: audit_log.recent(tx, CREATOR, 99))
    return [line.action for line in reversed(lines) if line.action.startswith("promise.")]


async def choose(pledges: PromisesScenario, mode: PrivacyMode) -> None:
    pledges.clock.at += 1
    await pledges.database.write(lambda tx: privacy_modes.choose(tx, CREATOR, mode, since=pledges.clock.at))
    pledges.clock.at += 1


async def test_a_promise_says_when_it_is_due_and_stands_on_the_card(pledges: PromisesScenario) -> None:
    said = await pledges.promise("the *beach* video", "in 2 hours")

    (promise,) = await pledges.owed()
    assert said.startswith("Promised: **the \\*beach\\* video**, due ")
    assert "(UTC), in 2 hours" in said
    at = promise.due // 1000
    assert await pledges.card() == [
        f"Promised: **the \\*beach\\* video** · due <t:{at}:f>, <t:{at}:R> · <@{NINA}>"
    ]
    assert pledges.redrawn == [EMMA.id]
    assert await actions(pledges) == ["promise.add"]
    assert b"beach" not in promise.body


async def test_the_only_one_needs_no_choice_and_leaves_the_card(pledges: PromisesScenario) -> None:
    await pledges.promise("the video")

    said = await pledges.done(by=OTTO)
    again = await pledges.done(by=OTTO)

    assert said == "Kept: **the video**. It's off the card."
    assert again == "No open promises for this fan. Add one with /fan promise add."
    assert await pledges.card() == []
    assert len(pledges.redrawn) == 2
    assert await actions(pledges) == ["promise.add", "promise.keep"]


async def test_of_several_one_is_chosen_by_words_and_what_was_settled_says_by_whom(
    pledges: PromisesScenario,
) -> None:
    await pledges.promise("the video", "in 2 hours")
    await pledges.promise("a voice note", "in 1 hour")
    thread = await pledges.thread()

    which = await pledges.done()
    ((words, note),) = await pledges.promises.keeping.suggest(thread, "VOICE")
    done = await pledges.done(note)
    again = await pledges.done(note)

    assert which.startswith("This fan has several promises.")
    assert words == "a voice note · open"
    assert done == "Kept: **a voice note**. It's off the card."
    assert again.startswith(f"No changes made: <@{NINA}> already marked this as kept")
    assert (await pledges.done("x" * 22)).startswith("We can't find that promise.")


async def test_a_promise_of_another_fan_is_none_of_this_one(pledges: PromisesScenario) -> None:
    await pledges.came(NOAH)
    await pledges.promise("the video")
    (promise,) = await pledges.owed()

    said = await pledges.done(promise.id, fan=NOAH)

    assert said.startswith("We can't find that promise")
    assert len(await pledges.owed()) == 1


async def test_a_dropped_one_keeps_its_reason_where_the_team_reads_it_for_two_weeks(
    pledges: PromisesScenario,
) -> None:
    await pledges.promise("the video")

    empty = await pledges.drop("  ")
    said = await pledges.drop("she has it already")
    listed = await pledges.listed()
    pledges.clock.at += KEPT + 1
    await pledges.later(0)

    assert empty.startswith("Say why you drop it, for colleagues who ask")
    assert said.startswith("Dropped: **the video**.")
    assert f"the video · dropped by <@{NINA}>" in listed
    assert listed.endswith(": she has it already")
    assert await pledges.settled() == []


async def test_another_date_and_other_words_take_the_place_of_what_was(pledges: PromisesScenario) -> None:
    await pledges.promise("the video", "in 1 hour")
    (before,) = await pledges.owed()

    nothing = await pledges.alters()
    wrong = await pledges.alters(what="the long video", until="yesterday")
    moved = await pledges.alters(until="in 3 hours")
    worded = await pledges.alters(what="the long video")
    (after,) = await pledges.owed()

    assert nothing.startswith("Say what to change")
    assert "the long video" in wrong
    assert after.due == before.due + 2 * HOUR
    assert moved.startswith("Changed: **the video**")
    assert worded.startswith("Changed: **the long video**")
    assert "the long video" in (await pledges.card())[0]
    assert await actions(pledges) == ["promise.add", "promise.change", "promise.change"]


async def test_what_cannot_be_a_promise_comes_back_and_is_kept_nowhere(pledges: PromisesScenario) -> None:
    thread = await pledges.thread()

    late = await pledges.promise("the video", "yesterday")
    long = await pledges.promise("x" * (LONGEST + 1))
    empty = await pledges.promise("  ")

    assert "the video" in late
    assert f"longer than {LONGEST} characters" in long
    assert empty.startswith("Say what you promise, for example “the video”")
    with pytest.raises(ReplyRefused, match="This isn't a fan's thread"):
        await pledges.promises.keeping.add(NINA, DiscordId(1), "the video", "tomorrow")
    for number in range(MOST):
        await pledges.promise(f"number {number}")
    assert f"has {MOST} open promises" in await pledges.promise("one too many")
    assert len(await pledges.promises.keeping.suggest(thread, "")) == MOST


async def test_the_card_names_three_and_counts_the_rest(pledges: PromisesScenario) -> None:
    for number in range(5):
        await pledges.promise(f"number {number}", f"in {number + 1} hours")

    lines = await pledges.card()

    assert ["number 0" in lines[0], "number 2" in lines[2]] == [True, True]
    assert lines[3:] == ["… and 2 more promises (/fan promise list)"]


async def test_words_show_on_the_card_as_openly_as_lines_do(pledges: PromisesScenario) -> None:
    await choose(pledges, PrivacyMode.COVERED)
    await pledges.promise("the video", "in 1 hour")
    covered = await pledges.card()
    await choose(pledges, PrivacyMode.PRIVATE)
    private = await pledges.card()
    await choose(pledges, PrivacyMode.FULL)
    opened_again = await pledges.card()

    assert covered[0].startswith("Promised: ||the video|| · due ")
    assert private[0].startswith("Promised: something (/fan promise list says what) · due ")
    assert opened_again == private


async def test_the_list_of_a_thread_is_its_fans_and_elsewhere_it_is_everybodys(
    pledges: PromisesScenario,
) -> None:
    await pledges.came(NOAH)
    noah = await pledges.thread(NOAH)
    await pledges.promise("the video", "in 5 hours")
    await pledges.promise("a song", "in 2 hours", by=OTTO, fan=NOAH)

    alone, everybody = await pledges.listed(), await pledges.listed(fan=None)
    elsewhere = await pledges.promises.listing.page(ALERTS, [])
    strangers = await pledges.promises.listing.page(noah, [])

    assert "the video" in alone
    assert "a song" not in alone
    assert everybody.index("a song") < everybody.index("the video")
    assert "**Noah @loud-owl" in everybody
    assert f"https://discord.com/channels/{GUILD}/{noah}" in everybody
    assert elsewhere.body == strangers.body == ("No open promises.",)


async def test_lists_have_eight_a_page_and_the_longest_words_fit(pledges: PromisesScenario) -> None:
    for number in range(10):
        await pledges.promise("*" * (LONGEST - 2) + f" {number}", f"in {number + 1} hours")

    first = await pledges.promises.listing.page(ALERTS, [CREATOR], 0)
    second = await pledges.promises.listing.page(ALERTS, [CREATOR], 1)
    beyond = await pledges.promises.listing.page(ALERTS, [CREATOR], 9)

    assert [len(first.body), len(second.body), len(beyond.body)] == [8, 2, 2]
    assert sum(len(line) + 1 for line in first.body) < 3700
    assert [button.label for button in first.buttons] == ["More"]
    assert [button.label for button in second.buttons] == ["Back"]
    assert second.small == "10 in all · page 2 of 2"


async def test_a_damaged_one_can_still_be_settled(pledges: PromisesScenario) -> None:
    await pledges.promise("the video")

    async def damage(tx: Transaction) -> None:
        await tx.execute("UPDATE promises SET body_ct = :body", body=b"\x01nothing")

    await pledges.database.write(damage)

    assert "damaged" in await pledges.listed()
    assert (await pledges.done()).startswith("Kept: ")


async def test_a_forgotten_fan_takes_their_promises_along(pledges: PromisesScenario) -> None:
    await pledges.promise("the video")

    await pledges.database.write(lambda tx: fan_erasure.take_out(tx, CREATOR, EMMA.id))

    assert await pledges.owed() == []


@NAMESAKES
async def test_the_list_of_all_names_a_fan_so_that_nobody_else_is_meant(
    pledges: PromisesScenario, handle: str, name: str, digits: str
) -> None:
    await pledges.promise("the beach video")
    await stands_beside(pledges.database, handle, name)

    assert f"**Emma @quiet-otter{digits}**" in await pledges.listed(fan=None)
