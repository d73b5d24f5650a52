"""A preview is shown, one press carries it out once, what became of it is told."""

from dataclasses import replace

import pytest

from bot.access.permits import Actor, NotConfirmed
from bot.access.policy import Action
from bot.discord.asking import NOT_HERE
from bot.discord.controls import references_in
from bot.engine.commands import CommandWish
from bot.model.errors import DeliveryRefused, TryLater
from bot.sandbox.discord.model import StandInMessage
from storage.operations import attention
from storage.records import DiscordId, DraftId
from tests.confirmations import pressed_by_mistake, yes_to
from tests.discord.discord_test_server import overheard
from tests.features.publishing.proposals.proposals_scenario import LUNA, ProposalsScenario

HANG = "Hang it up for 10"
MINUTE = 60_000


async def test_nothing_happens_before_the_press_and_one_thing_after_it(office: ProposalsScenario) -> None:
    answer = await office.propose()
    before = list(office.board.hangs)

    await office.press(answer, HANG)

    assert before == []
    assert [words for _, words, _ in office.board.hangs] == ["Closed on Monday"]
    assert "Notice hung up" in answer.text
    assert "Closed on Monday" in answer.text
    [note] = office.noted()
    assert note.text.startswith(f"Notice hung up, confirmed by <@{office.town.olivia.user.id}>.")
    assert "Monday" not in note.text


async def test_the_note_shows_its_content_to_the_creators_own_person_alone(office: ProposalsScenario) -> None:
    await office.press(await office.propose(), HANG)
    [note] = office.noted()

    hers = await office.town.olivia.click(note, "Show me")
    await hers.done()
    theirs = await office.town.maya.click(note, "Show me")
    await theirs.done()

    assert hers.ephemeral
    assert "Closed on Monday" in hers.text
    assert theirs.text == NOT_HERE


async def test_a_press_on_another_client_is_told_who_was_faster(office: ProposalsScenario) -> None:
    answer = await office.propose()
    elsewhere = replace(office.shown(answer))  # still shows the buttons
    await office.press(answer, HANG)

    late = await office.town.olivia.click(elsewhere, HANG)
    await late.done()

    assert late.text.startswith(f"Already confirmed by <@{office.town.olivia.user.id}> at <t:")
    assert "Notice hung up" in answer.text
    assert len(office.board.hangs) == 1


async def test_a_double_click_counts_once(office: ProposalsScenario) -> None:
    answer = await office.propose()
    shown = office.shown(answer)

    await office.town.olivia.click(shown, HANG)
    await office.town.olivia.click(shown, HANG)
    await office.presses.until(2)
    await office.driver.turn()

    assert len(office.board.hangs) == 1
    confirmed = [line for line in await office.written_down() if line == ("notice.press", "confirmed")]
    assert len(confirmed) == 1


async def test_the_same_press_delivered_twice_counts_once(office: ProposalsScenario) -> None:
    heard = overheard(office.town.bot)
    answer = await office.propose()
    await office.press(answer, HANG)

    office.town.bot._connection.parse_interaction_create(heard[-1])
    await office.driver.turn()

    assert len(office.board.hangs) == 1


async def test_cancelled_is_not_done(office: ProposalsScenario) -> None:
    answer = await office.propose()

    await office.press(answer, "Cancel")

    assert answer.text == "Cancelled. Not hung up."
    assert office.board.hangs == []
    assert (await office.written_down())[-1] == ("notice.press", "cancelled")


async def test_an_old_preview_is_closed_with_words(office: ProposalsScenario) -> None:
    answer = await office.propose()
    office.clock.at += 15 * MINUTE

    await office.press(answer, HANG)

    assert "older than 15 minutes" in answer.text
    assert office.board.hangs == []
    assert (await office.written_down())[-1] == ("notice.press", "expired")


async def test_a_preview_of_an_older_link_is_closed_with_words(office: ProposalsScenario) -> None:
    answer = await office.propose()
    await office.relink()

    await office.press(answer, HANG)

    assert "The Fanvue account was reconnected since this preview" in answer.text
    assert office.board.hangs == []
    assert (await office.written_down())[-1] == ("notice.press", "relinked")


async def test_what_has_grown_is_shown_again_and_confirmed_again(office: ProposalsScenario) -> None:
    answer = await office.propose()
    office.board.readers = 20

    await office.press(answer, HANG)
    shown, hung = answer.text, list(office.board.hangs)
    await office.press(answer, "Hang it up for 20")

    assert "This has changed since you saw it" in shown
    assert hung == []
    assert len(office.board.hangs) == 1
    assert ("notice.press", "replaced") in await office.written_down()


async def test_what_cannot_be_looked_up_stays_open(office: ProposalsScenario) -> None:
    answer = await office.propose()
    office.board.dark = TryLater("Fanvue cannot be reached right now.")
    await office.press(answer, HANG)
    told = answer.text
    office.board.dark = None

    await office.press(answer, HANG)

    assert "We can't reach Fanvue right now, so it was not hung up. Press again in a moment." in told
    assert len(office.board.hangs) == 1


async def test_a_lost_answer_is_looked_for_and_never_repeated(office: ProposalsScenario) -> None:
    office.board.lost = True
    answer = await office.propose()
    await office.press(answer, HANG)
    told = answer.text

    await office.driver.pass_time(MINUTE)

    assert "Notice: checking…" in told
    assert "Notice hung up" in answer.text
    assert len(office.board.hangs) == 1


async def test_what_is_not_found_asks_a_person_whose_word_counts_once(office: ProposalsScenario) -> None:
    office.board.lost = True
    answer = await office.propose()
    await office.press(answer, HANG)
    office.board.hangs.clear()
    await office.driver.pass_time(9 * MINUTE)
    early = answer.text
    await office.driver.pass_time(2 * MINUTE)
    [waiting] = await office.database.read(lambda tx: attention.waiting(tx, LUNA, limit=5))

    olivia, maya = (DiscordId(who.user.id) for who in (office.town.olivia, office.town.maya))
    first = await office.proposing.verdicts.was_not(waiting.id, olivia)
    second = await office.proposing.verdicts.was(waiting.id, maya)
    await office.driver.turn()

    assert "checking…" in early
    assert "not known whether it was hung up" in answer.text
    assert "Fanvue does not list it." in waiting.why
    assert first == "Noted: it was not hung up. Make a new one with /notice."
    assert f"<@{olivia}> marked it as not done" in second
    assert office.board.hangs == []
    assert f"was not hung up, as <@{olivia}> found out" in office.noted()[-1].text


async def test_two_that_are_just_alike_ask_a_person(office: ProposalsScenario) -> None:
    office.board.lost = True
    await office.press(await office.propose(), HANG)
    office.board.hangs.append(("another", "Closed on Monday", office.clock.at))

    await office.driver.pass_time(11 * MINUTE)

    [waiting] = await office.database.read(lambda tx: attention.waiting(tx, LUNA, limit=5))
    assert "Fanvue lists several that look the same." in waiting.why


async def test_a_refusal_is_told_with_its_reason(office: ProposalsScenario) -> None:
    answer = await office.propose()
    office.board.fails = DeliveryRefused("Fanvue did not accept this.")
    await office.press(answer, HANG)

    assert "Notice: not hung up" in answer.text
    assert "Fanvue did not accept this. Make a new one with /notice." in answer.text


async def test_what_could_not_begin_before_a_relink_is_not_done_after_it(office: ProposalsScenario) -> None:
    answer = await office.propose()
    office.board.fails = TryLater("Fanvue asks us to wait.", after=60)
    await office.press(answer, HANG)
    waiting = answer.text
    await office.relink()

    office.board.fails = None
    await office.driver.pass_time(2 * MINUTE)

    assert "Notice: waiting" in waiting
    assert "The Fanvue account was disconnected or reconnected after you confirmed" in answer.text
    assert office.board.hangs == []


async def test_a_preview_of_an_account_that_was_taken_away_does_nothing_any_more(
    office: ProposalsScenario,
) -> None:
    answer = await office.propose()
    await office.unlink()

    pressed = await office.town.olivia.click(office.shown(answer), HANG)
    await pressed.says(NOT_HERE)

    assert office.board.hangs == []
    assert (await office.written_down())[-1] == ("notice.propose", "version 1")


async def test_what_could_not_begin_before_the_account_was_taken_away_is_given_up(
    office: ProposalsScenario,
) -> None:
    answer = await office.propose()
    office.board.fails = TryLater("Fanvue asks us to wait.", after=60)
    await office.press(answer, HANG)
    await office.unlink()

    office.board.fails = None
    await office.driver.pass_time(2 * MINUTE)

    assert "The Fanvue account was disconnected or reconnected after you confirmed" in answer.text
    assert office.board.hangs == []


async def test_what_could_not_begin_within_an_hour_is_given_up(office: ProposalsScenario) -> None:
    answer = await office.propose()
    office.board.fails = TryLater("Fanvue asks us to wait.", after=61 * 60)
    await office.press(answer, HANG)

    office.board.fails = None
    await office.driver.pass_time(62 * MINUTE)

    [waiting] = await office.database.read(lambda tx: attention.waiting(tx, LUNA, limit=5))
    assert waiting.why == "It couldn't start within an hour, so we gave up."
    assert office.board.hangs == []


async def test_a_press_that_is_none_to_this_preview_sends_nothing(office: ProposalsScenario) -> None:
    proposals, me = office.proposing.proposals, DiscordId(office.town.olivia.user.id)
    shown, other = [office.shown(await office.propose(words)) for words in ("Closed on Monday", "Open")]
    ref, others = first_ref(shown), first_ref(other)
    wish = CommandWish("press", me, "olivia", DiscordId(office.town.guild.id), DiscordId(5), "token")
    command = await proposals.stage_press(wish, DraftId(ref))
    assert command is not None
    yes = yes_to(Action.MASS, ref, Actor(me, wish.guild), LUNA)

    await pressed_by_mistake(yes, lambda one: proposals.confirm(command, one))
    with pytest.raises(NotConfirmed):  # the press was kept under another preview
        await proposals.confirm(command, replace(yes, _ref=others))
    await office.driver.turn()
    before = list(office.board.hangs)
    await proposals.confirm(command, yes)
    await office.driver.turn()

    assert before == []
    assert [words for _, words, _ in office.board.hangs] == ["Closed on Monday"]


def first_ref(message: StandInMessage) -> str:
    """What the first button of a preview carries."""
    return next(iter(references_in(message.components)))
