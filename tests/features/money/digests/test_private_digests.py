"""A digest that comes privately: who gets it, and what becomes of one that cannot."""

import pytest

from bot.sandbox.discord.model import StandInMessage
from storage.money import digests
from storage.people import creators
from storage.records import DiscordId, LinkState
from tests.features.money.periods.periods_scenario import PeriodsScenario

HOUR = 3_600_000
DAY = 24 * HOUR


async def wanted(bureau: PeriodsScenario, **options: str) -> None:
    """Olivia lives in Berlin and wants hers privately, at nine."""
    bureau.at("2026-11-23 15:00", "Europe/Berlin")
    answer = await bureau.ask("money digest set", hour=9, zone="Europe/Berlin", **options)
    assert "come to you, privately" in answer.text
    await bureau.start()


async def at_nine(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-24 09:00", "Europe/Berlin")
    await bureau.look()


def alerts(bureau: PeriodsScenario) -> list[str]:
    world = bureau.town.server.world
    channel = next(one for one in world.channels.values() if one.name == "alerts")
    return [message.text for message in bureau.posted(channel)]


async def test_it_comes_to_whoever_set_it_alone_with_a_chart_and_its_words(bureau: PeriodsScenario) -> None:
    await wanted(bureau)
    await bureau.fan.tip(1500)

    await at_nine(bureau)
    await bureau.look()

    (message,) = bureau.private()
    assert message.text.startswith("**Monday, 23 Nov 2026, @luna: all clear**")
    (chart,) = message.attachments
    assert (chart.filename, chart.content_type) == ("digest.png", "image/png")
    assert chart.description is not None
    assert "23 Nov $15.00" in chart.description
    assert message.content  # a lock screen shows it: it is no container


async def test_its_button_answers_there_and_only_to_whoever_it_came_to(bureau: PeriodsScenario) -> None:
    await wanted(bureau)
    await bureau.fan.tip(1500)
    await at_nine(bureau)
    (message,) = bureau.private()

    mine = await bureau.town.olivia.click(message, "The last 30 days")
    await mine.done()

    assert "Earnings of @luna, the last 30 days" in mine.text
    await bureau.database.write(lambda tx: creators.close(tx, bureau.link.id, now=bureau.clock.at))
    again = await bureau.town.olivia.click(message, "The last 30 days")
    await again.done()
    assert "$" not in again.text


async def test_whoever_takes_no_messages_is_told_of_once_in_the_alerts_channel(
    bureau: PeriodsScenario,
) -> None:
    await wanted(bureau)
    user = bureau.town.server.world.users[bureau.town.olivia.user.id]
    user.dms_open = False

    await at_nine(bureau)
    for _ in range(3):
        bureau.clock.at += DAY
        await bureau.look()
    shown = await bureau.ask("money digest show")

    (said,) = alerts(bureau)
    assert said.startswith("**Private digests don't arrive**")
    assert f"<@{user.id}> doesn't accept private messages from the bot, so digests of @luna" in said
    assert (
        " ⚠️ You don't accept private messages from the bot: allow them in this server's "
        "privacy settings, then run /money digest set again"
    ) in shown.text
    assert bureau.private() == []


async def test_once_they_allow_it_and_set_it_again_it_comes_again(bureau: PeriodsScenario) -> None:
    await wanted(bureau)
    user = bureau.town.server.world.users[bureau.town.olivia.user.id]
    user.dms_open = False
    await at_nine(bureau)

    user.dms_open = True
    await bureau.ask("money digest set", hour=9)
    bureau.clock.at += DAY
    await bureau.look()

    (message,) = bureau.private()
    assert message.text.startswith("**Tuesday, 24 Nov 2026")


async def test_whether_they_still_may_is_looked_up_when_it_leaves(bureau: PeriodsScenario) -> None:
    await wanted(bureau)
    bureau.evening.server.faults.add("error_before", "GET", "/insights/earnings", count=999, status=503)
    await at_nine(bureau)  # it is wanted, and cannot be read yet
    await bureau.database.write(lambda tx: creators.close(tx, bureau.link.id, now=bureau.clock.at))
    bureau.evening.server.faults.clear()

    await bureau.driver.pass_time(HOUR)

    assert bureau.private() == []


async def test_one_whose_answer_was_lost_is_not_told_twice(bureau: PeriodsScenario) -> None:
    await wanted(bureau)
    await bureau.fan.tip(1500)
    bureau.town.server.faults.lose_answer("POST", "/messages$")
    await at_nine(bureau)

    await bureau.stop()
    bureau.clock.at += HOUR
    await bureau.start()
    await bureau.driver.pass_time(HOUR)

    assert len(bureau.private()) == 1


async def test_one_that_waits_goes_where_it_is_wanted_by_then(bureau: PeriodsScenario) -> None:
    await wanted(bureau)
    channel = await bureau.channel("money")
    bureau.evening.server.faults.add("error_before", "GET", "/insights/earnings", count=999, status=503)
    await at_nine(bureau)
    bureau.evening.server.faults.clear()

    await bureau.ask("money digest set", hour=9, channel=channel.id, figures="ranges")
    await bureau.driver.pass_time(HOUR)

    def words(found: list[StandInMessage]) -> list[str]:
        return [one.text.splitlines()[0] for one in found]

    assert words(bureau.posted(channel)) == ["**Monday, 23 Nov 2026, @luna: all clear**"]
    assert bureau.private() == []


@pytest.mark.parametrize("signed_in", [True, False])
async def test_while_a_sign_in_is_needed_none_is_wanted(bureau: PeriodsScenario, *, signed_in: bool) -> None:
    await wanted(bureau)
    if not signed_in:
        await bureau.database.write(
            lambda tx: creators.move(tx, bureau.link.id, was=LinkState.ACTIVE, to=LinkState.RELINK_REQUIRED)
        )

    await at_nine(bureau)

    assert len(bureau.private()) == signed_in


async def test_nobody_else_gets_one_privately(bureau: PeriodsScenario) -> None:
    await bureau.ask("money digest set", "maya", hour=9)

    found = await bureau.database.read(lambda tx: digests.of_creator(tx, bureau.evening.creator))

    assert found == []
    assert DiscordId(bureau.town.maya.user.id) != bureau.link.discord_user
