"""Two people confirm a change of one mass message at once: one of them does it."""

import asyncio

import pytest

from bot.sandbox.discord.answers import InteractionAnswer
from storage.database import Transaction
from storage.people import consents, grants
from storage.people.grants import GrantRecord
from storage.records import DiscordId
from tests.features.publishing.campaigns.test_board import changes, ends, planned
from tests.features.publishing.mass_messages.mass_messages_scenario import MINUTE, MassMessagesScenario


async def maya_manages(studio: MassMessagesScenario) -> None:
    """What she may do is what a manager may."""
    town, creator = studio.town, studio.evening.creator
    here, owner = DiscordId(town.guild.id), DiscordId(town.olivia.user.id)
    role = GrantRecord(
        id="maya",
        creator=creator,
        guild=here,
        kind="member",
        subject=DiscordId(town.maya.user.id),
        role="manager",
        plus="",
        minus="",
        money=None,
        by=owner,
        at=0,
    )

    async def work(tx: Transaction) -> None:
        await consents.give(tx, creator, here, "owner", by=owner, now=0)
        await consents.give(tx, creator, here, "server", by=owner, now=0)
        await grants.put(tx, role)

    await studio.database.write(work)


async def both_press(
    studio: MassMessagesScenario, olivias: InteractionAnswer, mayas: InteractionAnswer, label: str
) -> None:
    """Before anything that was confirmed is begun; then everything that follows happens."""
    before = olivias.text, mayas.text
    studio.driver.hold()
    await asyncio.gather(
        studio.town.olivia.click(olivias.message, label), studio.town.maya.click(mayas.message, label)
    )
    await studio.town.server.world.until(lambda: olivias.text != before[0] and mayas.text != before[1])
    studio.driver.let_go()
    await studio.driver.turn()


@pytest.mark.parametrize("repeat", range(3))
async def test_of_two_changes_confirmed_at_once_one_is_done_and_the_other_reads_why_not(
    studio: MassMessagesScenario, repeat: int
) -> None:
    await maya_manages(studio)
    message = await planned(studio)
    olivias = await studio.campaigns_do("change", campaign=message, text="Olivia's")
    mayas = await studio.campaigns_do("change", "maya", campaign=message, text="Maya's")

    await both_press(studio, olivias, mayas, "Change it")
    await studio.driver.pass_time(MINUTE)

    [change] = changes(studio)
    winner, loser = (olivias, mayas) if change["text"] == "Olivia's" else (mayas, olivias)
    assert winner.text.startswith("### Change of a mass message carried out")
    whoever = (
        "already confirmed a change of this one at <t:",
        "Someone else changed it after you confirmed, so we left it as is",
    )
    assert any(one in loser.text for one in whoever), loser.text
    [mass] = studio.evening.server.world.mass_messages.values()
    assert mass.text == change["text"]


async def test_of_two_cancels_confirmed_at_once_one_is_done_and_one_is_told_so(
    studio: MassMessagesScenario,
) -> None:
    await maya_manages(studio)
    message = await planned(studio)
    olivias = await studio.campaigns_do("cancel", campaign=message)
    mayas = await studio.campaigns_do("cancel", "maya", campaign=message)

    await both_press(studio, olivias, mayas, "Cancel it")
    await studio.driver.pass_time(MINUTE)

    assert [end["was"] for end in ends(studio)] == ["SCHEDULED"]
    done = [one for one in (olivias, mayas) if "it was cancelled, and nobody gets it" in one.text]
    assert len(done) == 1
    told = (olivias if done == [mayas] else mayas).text
    assert "Already" in told or "It was already cancelled or taken back, so nothing changed." in told
