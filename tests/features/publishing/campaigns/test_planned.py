"""Mass messages that were planned from here: Fanvue is not asked."""

from tests.features.publishing.campaigns.test_board import planned, sent
from tests.features.publishing.mass_messages.mass_messages_scenario import MassMessagesScenario

HOUR = 3_600_000


async def upcoming(studio: MassMessagesScenario) -> list[int]:
    """In how many hours each goes out."""
    await studio.campaigns.following.look()
    found = await studio.campaigns.listing.planned([studio.evening.creator])
    return [round((at - studio.clock.at) / HOUR) for at in found]


async def test_those_that_are_planned_are_there_until_they_went_out(studio: MassMessagesScenario) -> None:
    await sent(studio)
    await planned(studio, when="in 3 hours")
    await planned(studio, "Sooner", when="in 2 hours")

    before = await upcoming(studio)
    studio.clock.at += 5 * HOUR // 2

    assert before == [2, 3]
    assert len(await upcoming(studio)) == 1


async def test_one_that_was_cancelled_or_changed_since_is_not_said(studio: MassMessagesScenario) -> None:
    message = await planned(studio)
    other = await planned(studio, "Another", when="in 3 hours")
    await studio.press(await studio.campaigns_do("cancel", campaign=message), "Cancel it")
    change = await studio.campaigns_do("change", campaign=other, text="Soon")
    left = await upcoming(studio)

    await studio.press(change, "Change it")

    assert left == [3]
    assert await upcoming(studio) == []
