"""Rows C9 to C12: one confirmed mass message is one, whatever happens around it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.discord.asking import NOT_HERE
from bot.sandbox.discord.answers import InteractionAnswer
from storage.database import Transaction
from storage.engine import audit_log
from storage.people import creators
from storage.records import DiscordId, LinkId, Millis
from tests.discord.discord_test_server import overheard
from tests.features.publishing.mass_messages.mass_messages_scenario import (
    MINUTE,
    MassMessagesScenario,
    opened,
)

MASS = "/chats/mass-messages"
SEND = "Send to up to 1 fan"
NEVER = 10.0**6


@pytest.fixture
async def studio(tmp_path: Path) -> AsyncIterator[MassMessagesScenario]:
    async with opened(tmp_path) as there:
        there.evening.server.switches.idempotency = "ignored"
        yield there


def asked(studio: MassMessagesScenario) -> int:
    """How often Fanvue was asked to send to many, carried out or not."""
    ledger = studio.evening.server.ledger
    carried = [e for e in ledger.of("request", method="POST") if e["path"].endswith(MASS)]
    cut = [e for e in ledger.of("fault", method="POST") if e["path"].endswith(MASS)]
    held = [e for e in cut if e["fault"] in {"error_before", "too_many", "execute_late"}]
    return len(carried) + len(held)


async def confirmed(studio: MassMessagesScenario, fault: str, **how: float) -> InteractionAnswer:
    """Confirmed while this goes wrong at Fanvue."""
    answer = await studio.propose(to="subscribers", text="only once")
    studio.evening.server.faults.add(fault, "POST", MASS, **how)  # type: ignore[arg-type]  # a kind by its name
    await studio.press(answer, SEND)
    return answer


async def written_down(studio: MassMessagesScenario) -> tuple[str, str]:
    """The newest line of the audit."""
    lines = await studio.database.read(lambda tx: audit_log.recent(tx, studio.evening.creator, 1))
    return lines[0].action, lines[0].outcome


# ── C9: the answer is lost ──


@pytest.mark.fault("C9")
@pytest.mark.parametrize("fault", ["lose_answer", "error_after", "broken_json"])
async def test_a_mass_message_whose_answer_got_lost_is_found_in_the_list_and_never_repeated(
    studio: MassMessagesScenario, fault: str
) -> None:
    answer = await confirmed(studio, fault, status=502)
    checking = answer.text
    await studio.driver.pass_time(15 * MINUTE)

    assert "Mass message: checking…" in checking
    assert "Mass message sent to 1 fan" in answer.text
    assert (len(studio.sent()), asked(studio)) == (1, 1)


@pytest.mark.fault("C9")
async def test_a_mass_message_that_is_nowhere_asks_a_person_and_is_never_sent_by_itself(
    studio: MassMessagesScenario,
) -> None:
    answer = await confirmed(studio, "execute_late", seconds=NEVER)
    await studio.driver.pass_time(MINUTE - 1)
    at_first = await studio.desk.problems.page([studio.evening.creator])
    await studio.driver.pass_time(8 * MINUTE)
    early = await studio.desk.problems.page([studio.evening.creator])
    await studio.driver.pass_time(2 * MINUTE)

    late = await studio.desk.problems.page([studio.evening.creator])

    assert at_first.buttons == ()
    # Never "absent" before the time is over: a person may say so, who has looked on Fanvue.
    assert [button.label for button in early.buttons] == ["1: It is there", "1: It is not there"]
    assert "We keep checking" in early.body[0]
    assert [button.label for button in late.buttons] == ["1: It was sent", "1: It was not"]
    assert "not known whether it was sent" in late.body[0]
    assert "not known whether it was sent" in answer.text
    assert (studio.sent(), asked(studio)) == ([], 1)
    assert "already settled" in await studio.desk.problems.again(
        late.buttons[0].ref,  # type: ignore[arg-type]  # the effect's id
        DiscordId(studio.town.olivia.user.id),
    )


@pytest.mark.fault("C9")
async def test_of_two_equal_mass_messages_that_nobody_owns_none_is_taken_by_guess(
    studio: MassMessagesScenario,
) -> None:
    await confirmed(studio, "lose_answer")
    world = studio.evening.server.world
    [ours] = world.mass_messages.values()
    twin = replace(ours, uuid=type(ours.uuid)("0d9f9a53-7a54-4c86-9f6f-9a3a7a1d0001"))
    world.mass_messages[twin.uuid] = twin

    await studio.driver.pass_time(11 * MINUTE)

    page = await studio.desk.problems.page([studio.evening.creator])
    assert "Fanvue lists several that look the same." in page.body[0]
    assert asked(studio) == 1


@pytest.mark.fault("C9")
async def test_the_word_of_a_person_settles_it_once_and_is_noted(studio: MassMessagesScenario) -> None:
    await confirmed(studio, "execute_late", seconds=NEVER)
    await studio.driver.pass_time(11 * MINUTE)
    page = await studio.desk.problems.page([studio.evening.creator])
    me = DiscordId(studio.town.olivia.user.id)

    first = await studio.proposing.verdicts.was(page.buttons[0].ref, me)  # type: ignore[arg-type]  # its id
    second = await studio.proposing.verdicts.was_not(page.buttons[0].ref, me)  # type: ignore[arg-type]  # its id
    await studio.driver.turn()

    assert first == "Noted: it was sent."
    assert "said that it took place" in second
    assert studio.noted()[-1].text == f"Mass message: it was sent, as <@{me}> found out on Fanvue."
    assert asked(studio) == 1


# ── C10: pressed twice ──


@pytest.mark.fault("C10")
async def test_a_mass_message_confirmed_twice_and_delivered_twice_is_sent_once(
    studio: MassMessagesScenario,
) -> None:
    heard = overheard(studio.town.bot)
    answer = await studio.propose(to="subscribers", text="only once")
    assert answer.message is not None
    other_client = replace(answer.message)  # still shows the buttons
    await studio.press(answer, SEND)

    studio.town.bot._connection.parse_interaction_create(heard[-1])
    late = await studio.town.olivia.click(other_client, SEND)
    await late.done()
    await studio.driver.turn()

    assert late.text.startswith(f"Already confirmed by <@{studio.town.olivia.user.id}> at <t:")
    assert (len(studio.sent()), asked(studio)) == (1, 1)


# ── C11: the audience grows ──


@pytest.mark.fault("C11")
async def test_an_audience_that_grew_since_the_preview_must_be_confirmed_again(
    studio: MassMessagesScenario,
) -> None:
    studio.fans(44)
    answer = await studio.propose(to="subscribers", text="to all of you")
    studio.fans(80, named="late")

    await studio.press(answer, "Send to up to 45 fans")
    again, sent = answer.text, list(studio.sent())
    await studio.press(answer, "Send to up to 125 fans")

    assert "This has changed since you saw it, so it was not sent." in again
    assert "**Recipients** up to 125 fans" in again
    assert sent == []
    assert [len(one["recipients"]) for one in studio.sent()] == [125]


@pytest.mark.fault("C11")
async def test_the_button_of_the_smaller_preview_sends_nothing_afterwards(
    studio: MassMessagesScenario,
) -> None:
    answer = await studio.propose(to="subscribers", text="to all of you")
    assert answer.message is not None
    other_client = replace(answer.message)
    studio.fans(5)
    await studio.press(answer, SEND)

    late = await studio.town.olivia.click(other_client, SEND)
    await late.done()

    assert late.text.startswith("A newer preview replaced this one.")
    assert studio.sent() == []


# ── C12: old authority ──


async def relinked(studio: MassMessagesScenario, owner: DiscordId) -> None:
    """The account is connected again, by this person."""

    async def work(tx: Transaction) -> None:
        before = await creators.open_link(tx, studio.evening.creator)
        assert before is not None
        await creators.close(tx, before.id, now=studio.clock.now())
        after = replace(before, id=LinkId("link-2"), generation=before.generation + 1, discord_user=owner)
        await creators.add_link(tx, after, now=studio.clock.now())

    await studio.database.write(work)


@pytest.mark.fault("C12")
@pytest.mark.parametrize("later", [15 * MINUTE, 25 * 60 * MINUTE], ids=["15 minutes", "25 hours"])
async def test_a_mass_message_confirmed_too_late_is_closed(
    studio: MassMessagesScenario, later: Millis
) -> None:
    answer = await studio.propose(to="subscribers", text="long ago")
    studio.clock.at += later

    await studio.press(answer, SEND)

    assert answer.text == (
        "This preview is older than 15 minutes, so it was closed. Not sent. Make a new one with /mass new."
    )
    assert await written_down(studio) == ("mass.press", "expired")
    assert asked(studio) == 0


@pytest.mark.fault("C12")
async def test_a_mass_message_confirmed_after_a_relink_is_closed(studio: MassMessagesScenario) -> None:
    answer = await studio.propose(to="subscribers", text="before the relink")
    await relinked(studio, DiscordId(studio.town.olivia.user.id))

    await studio.press(answer, SEND)

    assert "The Fanvue account was reconnected since this preview." in answer.text
    assert await written_down(studio) == ("mass.press", "relinked")
    assert asked(studio) == 0


@pytest.mark.fault("C12")
async def test_a_mass_message_confirmed_by_who_no_longer_may_does_not_go_out(
    studio: MassMessagesScenario,
) -> None:
    answer = await studio.propose(to="subscribers", text="not mine any more")
    await relinked(studio, DiscordId(studio.town.maya.user.id))

    pressed = await studio.town.olivia.click(answer.message, SEND)
    await pressed.says(NOT_HERE)
    await studio.town.desk.until_denied(1)
    await studio.driver.turn()

    assert studio.town.desk.denied == [(studio.town.olivia.user.id, "mass", studio.evening.creator)]
    assert asked(studio) == 0
