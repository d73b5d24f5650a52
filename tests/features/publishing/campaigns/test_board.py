"""/mass show by the front door: one list, and what is done with one of it."""

import pytest

from bot.discord.asking import NOT_HERE
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.fanvue.ledger import FanvueLedgerEntry
from storage.engine import audit_log
from tests.features.publishing.mass_messages.mass_messages_scenario import MINUTE, MassMessagesScenario
from tests.features.publishing.posts.posts_scenario import states

PATH = "/chats/mass-messages/"


async def planned(studio: MassMessagesScenario, text: str = "Later", when: str = "in 2 hours") -> str:
    """Plan a mass message from here; its id on Fanvue."""
    answer = await studio.propose(to="subscribers", text=text, when=when)
    await studio.press(answer, "Schedule for up to 1 fan")
    return str(studio.sent()[-1]["uuid"])


async def sent(studio: MassMessagesScenario, text: str = "Now", **options: str) -> str:
    """Send one at once; likewise."""
    await studio.press(await studio.propose(to="subscribers", text=text, **options), "Send to up to 1 fan")
    return str(studio.sent()[-1]["uuid"])


def changes(studio: MassMessagesScenario) -> list[FanvueLedgerEntry]:
    return studio.evening.server.ledger.of("mass_change")


def ends(studio: MassMessagesScenario) -> list[FanvueLedgerEntry]:
    return studio.evening.server.ledger.of("mass_end")


async def written(studio: MassMessagesScenario) -> list[tuple[str, str]]:
    lines = await studio.database.read(lambda tx: audit_log.recent(tx, studio.evening.creator, 3))
    return [(line.action, line.outcome) for line in lines]


async def test_the_board_follows_fanvue_and_says_who_launched_what(studio: MassMessagesScenario) -> None:
    media = studio.evening.server.world.add_media(studio.evening.account, name="A picture")
    await sent(studio, "New *set*", price="9.99", media=media.uuid)
    studio.clock.at += MINUTE
    await planned(studio)

    board = await studio.campaigns_do("show")

    me = studio.town.olivia.user.id
    lines = board.text.splitlines()
    assert lines[0] == "### Mass messages of @luna"
    assert lines[1].startswith("🕒 planned · <t:")
    assert lines[1].endswith(f"· by <@{me}>")
    assert lines[2:4] == ["“Later”", "1 fan"]
    assert lines[4].startswith("✅ sent · <t:")
    assert lines[5:8] == [
        "“New \\*set\\*”",
        "1 fan · 🔒 $9.99 · 0 opened",
        "`▱▱▱▱▱▱▱▱` 0 bought · $0.00",
    ]


async def test_a_text_that_is_cut_says_so_also_where_it_is_cut_between_two_words(
    studio: MassMessagesScenario,
) -> None:
    await sent(studio, "For all of you, the first picture of the new set")

    assert "“For all of you, the first picture of the…”" in (await studio.campaigns_do("show")).text


async def test_a_planned_one_is_changed_once_after_its_before_and_after_were_confirmed(
    studio: MassMessagesScenario,
) -> None:
    message = await planned(studio)
    media = studio.evening.server.world.add_media(studio.evening.account, name="A picture")

    answer = await studio.campaigns_do(
        "change", campaign=message[:13], text="Soon", price="9.99", media=media.uuid, when="in 3 hours"
    )
    preview = answer.text
    before = len(changes(studio))
    await studio.press(answer, "Change it")

    for line in ("> Later", "> Soon", "**Price** free → **$9.99**", "**Media** none → **1 item**"):
        assert line in preview.splitlines()
    assert "**When** Mon 23 Nov 21:00 (UTC), in 2 hours → **Mon 23 Nov 22:00 (UTC), in 3 hours**" in preview
    assert before == 0
    [change] = changes(studio)
    assert (change["uuid"], change["text"], change["price"], change["media"]) == (
        message,
        "Soon",
        999,
        [media.uuid],
    )
    assert "Change of a mass message carried out" in answer.text
    assert len(studio.sent()) == 1
    assert ("mass_change.press", "confirmed") in await written(studio)


async def test_what_somebody_changed_on_fanvue_meanwhile_is_shown_again_and_not_written_over(
    studio: MassMessagesScenario,
) -> None:
    message = await planned(studio)
    answer = await studio.campaigns_do("change", campaign=message, text="Soon")
    [mass] = studio.evening.server.world.mass_messages.values()
    mass.text = "By hand"

    await studio.press(answer, "Change it")
    shown = answer.text
    untouched = len(changes(studio))
    await studio.press(answer, "Change it")

    assert "This has changed since you saw it" in shown
    assert "> By hand" in shown
    assert untouched == 0
    assert [change["text"] for change in changes(studio)] == ["Soon"]


async def test_while_a_change_is_unclear_nobody_confirms_another_one(studio: MassMessagesScenario) -> None:
    message = await planned(studio)
    first = await studio.campaigns_do("change", campaign=message, text="Soon")
    second = await studio.campaigns_do("change", campaign=message, text="Sooner")
    studio.evening.server.faults.add("execute_late", "PATCH", PATH, seconds=10.0**6)

    await studio.press(first, "Change it")
    await studio.press(second, "Change it")
    third = await studio.campaigns_do("change", campaign=message, text="At last")

    for answer in (second, third):
        assert answer.text.startswith("<@")
    assert changes(studio) == []


async def test_a_planned_one_is_cancelled_once_and_whoever_comes_later_learns_by_whom(
    studio: MassMessagesScenario,
) -> None:
    message = await planned(studio)
    first = await studio.campaigns_do("cancel", campaign=message)
    second = await studio.campaigns_do("cancel", campaign=message)
    kept = await studio.campaigns_do("cancel", campaign=message)
    await studio.press(kept, "Keep it")
    before = ends(studio)

    await studio.press(first, "Cancel it")
    await studio.press(second, "Cancel it")

    me = studio.town.olivia.user.id
    assert before == []
    assert kept.text == "Kept as is. No changes made."
    assert "carried out: it was cancelled, and nobody gets it" in first.text
    assert "planned" not in first.text.replace("**Planned for**", "")
    assert second.text.startswith(f"Already done by <@{me}> at <t:")
    assert "\n🚫 cancelled · was planned for <t:" in (await studio.campaigns_do("show")).text
    assert [end["was"] for end in ends(studio)] == ["SCHEDULED"]
    await studio.driver.pass_time(180 * MINUTE)
    assert studio.evening.fan.inbox() == []


async def test_a_change_or_end_that_did_not_take_place_says_what_to_do_and_makes_nothing_new(
    studio: MassMessagesScenario,
) -> None:
    message = await planned(studio)
    change = await studio.campaigns_do("change", campaign=message, text="Soon")
    studio.evening.server.faults.add("error_before", "PATCH", PATH, status=400)
    await studio.press(change, "Change it")
    late = await studio.campaigns_do("cancel", campaign=message)
    studio.clock.at += 16 * MINUTE

    await studio.press(late, "Cancel it")

    assert change.text.startswith("### Change of a mass message: not carried out")
    assert "Check it with /mass change." in change.text
    assert late.text.endswith("Not carried out. /mass show has the latest.")


async def test_a_recall_that_cannot_be_looked_up_never_says_that_the_message_was_not_sent(
    studio: MassMessagesScenario,
) -> None:
    message = await sent(studio)
    recall = await studio.campaigns_do("recall", campaign=message)
    kept = await studio.campaigns_do("recall", campaign=message)
    studio.evening.server.faults.add("error_before", "GET", PATH.rstrip("/"), count=None, status=503)

    await studio.press(recall, "Take it back")
    studio.evening.server.faults.clear()
    await studio.press(kept, "Cancel")

    assert (
        "We can't reach Fanvue right now, so it was not carried out. Press again in a moment." in recall.text
    )
    assert kept.text == "Cancelled. Not carried out."
    assert ends(studio) == []


async def test_what_was_cancelled_on_fanvue_is_called_that(studio: MassMessagesScenario) -> None:
    message = await planned(studio)
    [mass] = studio.evening.server.world.mass_messages.values()
    mass.status = "UNSENT"

    late = await studio.campaigns_do("cancel", campaign=message)

    assert late.text == "It is already 🚫 cancelled on Fanvue. No changes made."


async def test_what_went_out_meanwhile_is_not_taken_away_as_cancelled(studio: MassMessagesScenario) -> None:
    message = await planned(studio, when="in 10 minutes")
    answer = await studio.campaigns_do("cancel", campaign=message)
    studio.clock.at += 12 * MINUTE

    await studio.press(answer, "Cancel it")

    assert "You can't cancel it: it is ✅ sent." in answer.text
    assert "/mass recall" in answer.text
    assert ends(studio) == []


async def test_a_sent_one_is_taken_back_and_buyers_keep_it(studio: MassMessagesScenario) -> None:
    message = await sent(studio)
    answer = await studio.campaigns_do("recall", campaign=message)
    preview = answer.text

    await studio.press(answer, "Take it back")

    assert "It disappears from every chat, except for fans who bought it: they keep it" in preview
    assert "carried out: it was taken back; buyers keep it" in answer.text
    assert studio.evening.fan.inbox() == []
    assert "↩️ taken back" in (await studio.campaigns_do("show")).text


@pytest.mark.parametrize("fault", ["lose_answer", "error_after"])
async def test_an_end_whose_answer_got_lost_is_read_from_the_list_and_not_asked_for_again(
    studio: MassMessagesScenario, fault: str
) -> None:
    message = await sent(studio)
    answer = await studio.campaigns_do("recall", campaign=message)
    studio.evening.server.faults.add(fault, "DELETE", PATH, status=502)  # type: ignore[arg-type]  # by name

    await studio.press(answer, "Take it back")
    await studio.driver.pass_time(MINUTE)

    # The HTTP library repeats a DELETE whose connection broke; it names one message, and changes it once.
    assert [end["was"] for end in ends(studio) if end["was"] != "UNSENT"] == ["SENT"]
    assert "it was taken back" in answer.text


@pytest.mark.parametrize("unread", ["uuid", "status"])
async def test_an_end_that_fanvue_lists_unreadably_is_in_doubt_and_never_absent(
    studio: MassMessagesScenario, unread: str
) -> None:
    server = studio.evening.server
    message = await sent(studio)
    answer = await studio.campaigns_do("recall", campaign=message)
    server.faults.add("error_after", "DELETE", PATH, status=502)

    await _in_doubt(studio, answer, "Take it back", unread)

    assert [end["was"] for end in ends(studio)] == ["SENT"]


@pytest.mark.parametrize("unread", ["uuid", "text", "scheduledAt"])
async def test_a_change_that_fanvue_lists_unreadably_is_in_doubt_and_never_absent(
    studio: MassMessagesScenario, unread: str
) -> None:
    server = studio.evening.server
    message = await planned(studio)
    answer = await studio.campaigns_do("change", campaign=message, text="Soon")
    server.faults.add("lose_answer", "PATCH", PATH)

    await _in_doubt(studio, answer, "Change it", unread)

    assert len(changes(studio)) == 1


async def _in_doubt(studio: MassMessagesScenario, answer: InteractionAnswer, label: str, unread: str) -> None:
    """It is pressed, its answer is lost, and meanwhile Fanvue lists it without this field."""
    await studio.press(answer, label)
    studio.evening.server.switches.renamed = {("/mass-messages", unread): None}
    await studio.driver.pass_time(11 * MINUTE)
    await studio.driver.pass_time(10 * MINUTE)
    doubted = await states(studio.database)
    studio.evening.server.switches.renamed = {}
    await studio.driver.pass_time(10 * MINUTE)
    assert doubted[-1] == "unknown"
    assert (await states(studio.database))[-1] == "done"


@pytest.mark.parametrize(("fault", "took_place"), [("lose_answer", 1), ("execute_late", 0)])
async def test_a_change_whose_answer_got_lost_is_read_from_the_list_and_else_a_person_is_asked(
    studio: MassMessagesScenario, fault: str, took_place: int
) -> None:
    message = await planned(studio)
    answer = await studio.campaigns_do("change", campaign=message, text="Soon")
    studio.evening.server.faults.add(fault, "PATCH", PATH, seconds=10.0**6)  # type: ignore[arg-type]  # by name

    await studio.press(answer, "Change it")
    await studio.driver.pass_time(11 * MINUTE)

    assert len(changes(studio)) == took_place
    told = "carried out" if took_place else "not known whether it was carried out"
    assert told in answer.text


async def test_what_cannot_be_done_is_refused_in_words(studio: MassMessagesScenario) -> None:
    message = await sent(studio)

    late = await studio.campaigns_do("change", campaign=message, text="x")
    odd = await studio.campaigns_do("recall", campaign="whichever")
    denied = await studio.campaigns_do("show", "maya")

    assert "Only a planned mass message can be changed; this one is ✅ sent" in late.text
    assert "Fanvue doesn't list this mass message." in odd.text
    assert denied.text == NOT_HERE
    await planned(studio)
    same = await studio.campaigns_do("change", campaign=str(studio.sent()[-1]["uuid"]), text="Later")
    assert "It's already like that." in same.text


async def test_only_those_are_offered_with_which_it_can_be_done(studio: MassMessagesScenario) -> None:
    gone = await sent(studio)
    ahead = await planned(studio)
    town = studio.town

    cancel = await town.olivia.autocomplete(town.guild, town.lobby, "mass cancel", "campaign")
    recall = await town.olivia.autocomplete(town.guild, town.lobby, "mass recall", "campaign", "no")

    assert [choice["value"] for choice in cancel] == [ahead[:13]]
    assert [choice["value"] for choice in recall] == [gone[:13]]


async def offered(studio: MassMessagesScenario, how: str) -> list[str]:
    """The words of what Discord offers while one is chosen."""
    town = studio.town
    found = await town.olivia.autocomplete(town.guild, town.lobby, f"mass {how}", "campaign")
    return [one["name"].partition(" · ")[0] for one in found]


async def test_what_was_done_from_here_is_offered_from_the_moment_on_in_which_it_was_done(
    studio: MassMessagesScenario,
) -> None:
    none = [await offered(studio, how) for how in ("recall", "cancel", "change")]
    await sent(studio, "A slip")
    recall = await offered(studio, "recall")
    message = await planned(studio, "Later")
    cancel, change = await offered(studio, "cancel"), await offered(studio, "change")
    await studio.press(await studio.campaigns_do("change", campaign=message, text="Soon"), "Change it")
    changed = await offered(studio, "cancel")
    await studio.press(await studio.campaigns_do("cancel", campaign=message), "Cancel it")

    assert none == [[], [], []]
    assert (recall, cancel, change, changed) == (["A slip"], ["Later"], ["Later"], ["Soon"])
    assert await offered(studio, "cancel") == []


@pytest.mark.parametrize("where", ["answer", "alert"])
async def test_a_slip_is_taken_back_from_its_answer_and_from_its_alert(
    studio: MassMessagesScenario, where: str
) -> None:
    answer = await studio.propose(to="subscribers", text="A slip")
    await studio.press(answer, "Send to up to 1 fan")
    shown = answer.message if where == "answer" else studio.noted()[-1]
    asked = await studio.town.olivia.click(shown, "Take it back")
    await asked.done()
    question, before = asked.text, ends(studio)
    await studio.press(asked, "Take it back")

    assert question.startswith("### Take back a mass message of @luna")
    assert before == []
    assert [end["was"] for end in ends(studio)] == ["SENT"]
    assert "carried out: it was taken back; buyers keep it" in asked.text


async def test_the_button_of_a_planned_one_takes_it_back_once_it_went_out(
    studio: MassMessagesScenario,
) -> None:
    answer = await studio.propose(to="subscribers", text="Later", when="in 2 hours")
    await studio.press(answer, "Schedule for up to 1 fan")
    planned_one = await studio.town.olivia.click(answer.message, "Cancel it")
    await planned_one.done()
    [mass] = studio.evening.server.world.mass_messages.values()
    mass.status = "SENT"
    gone_out = await studio.town.olivia.click(answer.message, "Cancel it")
    await gone_out.done()

    assert planned_one.text.startswith("### Cancel a planned mass message of @luna")
    assert gone_out.text.startswith("### Take back a mass message of @luna")


async def test_who_may_send_none_takes_none_back(studio: MassMessagesScenario) -> None:
    answer = await studio.propose(to="subscribers", text="A slip")
    await studio.press(answer, "Send to up to 1 fan")
    refused = await studio.town.maya.click(studio.noted()[-1], "Take it back")
    await refused.done()

    assert refused.text == NOT_HERE
    assert ends(studio) == []
