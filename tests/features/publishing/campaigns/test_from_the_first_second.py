"""A mass message is taken back from the press on that confirms it."""

import pytest

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import walk
from storage.records import DiscordId
from tests.features.publishing.campaigns.test_board import ends
from tests.features.publishing.mass_messages.mass_messages_scenario import MINUTE, MassMessagesScenario


def labels(answer: InteractionAnswer) -> list[str]:
    components = answer.message.components if answer.message is not None else []
    return [str(one["label"]) for one in walk(components) if "label" in one]


async def clicked(studio: MassMessagesScenario, answer: InteractionAnswer, label: str) -> InteractionAnswer:
    asked = await studio.town.olivia.click(answer.message, label)
    await asked.done()
    return asked


async def in_doubt(studio: MassMessagesScenario, fault: str, **more: str) -> InteractionAnswer:
    """It was confirmed, and Fanvue's answer got lost."""
    answer = await studio.propose(to="subscribers", text="A slip", **more)
    studio.evening.server.faults.add(fault, "POST", "/mass-messages$", seconds=10.0**6)  # type: ignore[arg-type]  # by name
    label = "Schedule for up to 1 fan" if more else "Send to up to 1 fan"
    await studio.press(answer, label)
    assert "checking" in answer.text
    return answer


@pytest.mark.parametrize(
    ("when", "label", "was"), [("", "Take it back", "SENT"), ("in 2 hours", "Cancel it", "SCHEDULED")]
)
async def test_one_whose_answer_got_lost_is_taken_back_as_soon_as_it_is_found(
    studio: MassMessagesScenario, when: str, label: str, was: str
) -> None:
    answer = await in_doubt(studio, "lose_answer", **({"when": when} if when else {}))
    offered = labels(answer)

    asked = await clicked(studio, answer, label)
    question = asked.text
    await studio.press(asked, label)
    waiting = asked.text
    again = await clicked(studio, answer, label)
    await studio.driver.pass_time(MINUTE)

    assert offered == [label]
    assert "Fanvue hasn't confirmed it yet: we do this as soon as it has" in question
    assert "### Taking it back: waiting for Fanvue's answer" in waiting
    assert again.text.startswith(f"Already confirmed by <@{studio.town.olivia.user.id}>")
    assert len(studio.sent()) == 1
    assert [end["was"] for end in ends(studio) if end["was"] != "UNSENT"] == [was]
    assert "carried out: it was" in asked.text
    assert studio.evening.fan.inbox() == []


async def test_one_that_never_arrived_needs_no_end_and_it_is_said(studio: MassMessagesScenario) -> None:
    answer = await in_doubt(studio, "execute_late")
    asked = await clicked(studio, answer, "Take it back")
    await studio.press(asked, "Take it back")
    await studio.driver.pass_time(11 * MINUTE)
    listed = await studio.campaigns_do("show")
    waiting = asked.text

    problems = await studio.database.read(
        lambda tx: tx.one("SELECT id FROM outbox WHERE kind = 'proposed.mass' AND state = 'absent'")
    )
    assert problems is not None
    said = await studio.proposing.verdicts.was_not(problems["id"], DiscordId(1))
    await studio.driver.pass_time(MINUTE)

    assert "None yet" in listed.text
    assert "waiting for Fanvue's answer" in waiting
    assert "was not sent" in said
    assert "It was never sent, so there is nothing to take back." in asked.text
    assert ends(studio) == []


async def test_one_that_has_not_left_is_cancelled_by_one_press(studio: MassMessagesScenario) -> None:
    answer = await studio.propose(to="subscribers", text="A slip")
    before = answer.text
    studio.driver.hold()
    await studio.town.olivia.click(answer.message, "Send to up to 1 fan")
    await studio.town.server.world.until(lambda: answer.text != before)
    offered = labels(answer)

    stopped = await clicked(studio, answer, "Take it back")
    studio.driver.let_go()
    await studio.driver.turn()

    assert offered == ["Take it back"]
    assert stopped.text == "Cancelled. Not sent."
    assert "cancelled it" in answer.text
    assert labels(answer) == []
    assert studio.sent() == []


async def test_the_command_offers_it_before_fanvue_lists_it(studio: MassMessagesScenario) -> None:
    await in_doubt(studio, "lose_answer")
    town = studio.town

    found = await town.olivia.autocomplete(town.guild, town.lobby, "mass recall", "campaign")
    names = [choice["name"] for choice in found]
    asked = await studio.campaigns_do("recall", campaign=found[0]["value"])
    await studio.press(asked, "Take it back")
    await studio.driver.pass_time(MINUTE)

    assert names[0] == "A slip · on its way"
    assert "carried out: it was taken back; buyers keep it" in asked.text
    assert studio.evening.fan.inbox() == []


async def test_one_that_went_out_between_the_two_presses_is_taken_back_all_the_same(
    studio: MassMessagesScenario,
) -> None:
    answer = await in_doubt(studio, "lose_answer")
    asked = await clicked(studio, answer, "Take it back")
    await studio.driver.pass_time(MINUTE)

    await studio.press(asked, "Take it back")
    await studio.driver.pass_time(MINUTE)

    assert "carried out: it was taken back; buyers keep it" in asked.text
    assert [end["was"] for end in ends(studio) if end["was"] != "UNSENT"] == ["SENT"]


async def test_one_that_waits_again_after_the_first_press_is_cancelled_by_the_second(
    studio: MassMessagesScenario,
) -> None:
    answer = await in_doubt(studio, "execute_late")
    asked = await clicked(studio, answer, "Take it back")
    await studio.database.write(
        lambda tx: tx.execute(
            "UPDATE outbox SET state = 'pending', not_before = :later WHERE kind = 'proposed.mass'",
            later=studio.clock.at + MINUTE,
        )
    )

    await studio.press(asked, "Take it back")
    await studio.driver.pass_time(11 * MINUTE)

    assert "carried out: it was cancelled before it was sent, and nobody gets it" in asked.text
    assert "cancelled it" in answer.text
    assert studio.sent() == []
