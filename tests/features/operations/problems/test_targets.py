"""A server that does not let the bot act: told to its owner, red until it does."""

from dataclasses import replace

import pytest

from bot.engine.guild_routing import ALONE, GuildRouting
from bot.features.operations.problems.lost_targets import LostTargetWatcher
from bot.model.errors import BotForbidden, DeliveryRefused, DeliveryUnknown
from bot.model.shards import whole
from storage.database import Transaction
from storage.engine import guild_assignments, outbox
from storage.operations import paused_targets
from storage.records import Effect, EffectState
from tests.features.operations.problems.problems_scenario import ProblemsScenario, words
from tests.relay.relay_scenario import CREATOR, GUILD, NOAH

NO_RIGHTS = BotForbidden("The bot may not write there.")
DAY = 86_400_000


async def _newest_post(tx: Transaction) -> Effect | None:
    row = await tx.one(
        "SELECT id FROM outbox WHERE kind = 'post' AND state = 'done' ORDER BY seq DESC LIMIT 1"
    )
    return await outbox.get(tx, row["id"]) if row else None


async def forbidden(office: ProblemsScenario) -> None:
    """A fan writes, and the bot may not post it."""
    office.discord.faults.add("post", NO_RIGHTS)
    await office.happen(office.wrote("a secret"))
    await office.desk.targets.act()
    await office.turn()


async def mended(office: ProblemsScenario) -> None:
    """The bot may again."""
    await office.desk.problems.guild_changed(GUILD)
    await office.turn()
    await office.desk.targets.act()


async def status(office: ProblemsScenario) -> str:
    return words(await office.desk.status.of([CREATOR], [CREATOR]))


async def test_the_owner_is_told_once_and_the_status_is_red_until_it_is_mended(
    office: ProblemsScenario,
) -> None:
    await office.greeted()
    await forbidden(office)
    for words_of_the_fan in ("a second secret", "a third secret"):
        await office.happen(office.wrote(words_of_the_fan))
        await office.desk.targets.act()
    red, ready = await status(office), await office.desk.targets.probe()
    await mended(office)

    (told,) = office.discord.told
    assert "your team's server is blocking the bot" in str(told[2].title)
    assert "a secret" not in words(told[2])
    assert "🔴 This server: paused since" in red
    assert "The bot may not write there." in red
    assert ready is not None
    assert "🟢 This server: fans are in" in await status(office)
    assert await office.desk.targets.probe() is None


@pytest.mark.parametrize(("after", "times"), [(DAY - 1, 1), (DAY, 2)])
async def test_rights_that_come_and_go_are_told_once_a_day(
    office: ProblemsScenario, after: int, times: int
) -> None:
    await office.greeted()
    await forbidden(office)
    await mended(office)
    office.clock.at += after
    await forbidden(office)

    assert len(office.discord.told) == times


async def test_what_arrives_elsewhere_does_not_make_it_green_while_the_forbidden_line_waits(
    office: ProblemsScenario,
) -> None:
    await office.greeted()
    await forbidden(office)
    await office.greeted(NOAH)
    await office.desk.targets.act()

    assert "🔴 This server" in await status(office)


async def test_a_removed_bot_is_told_by_discord_and_is_back_with_the_first_line(
    office: ProblemsScenario,
) -> None:
    await office.greeted()
    office.desk.noticing.removed(GUILD)
    await office.desk.targets.act()
    await office.turn()
    red = await status(office)
    await office.happen(office.wrote("back again"))
    await office.desk.targets.act()

    assert "The bot was removed from the server" in red
    assert "🟢 This server" in await status(office)


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        (DeliveryRefused("This person doesn't accept private messages from the bot."), EffectState.CANCELLED),
        (BotForbidden("The bot may not write there."), EffectState.CANCELLED),
        (DeliveryUnknown("Nobody knows."), EffectState.DONE),
    ],
)
async def test_who_cannot_be_told_or_perhaps_was_is_not_tried_again(
    office: ProblemsScenario, fault: DeliveryRefused | BotForbidden | DeliveryUnknown, state: EffectState
) -> None:
    await office.greeted()
    office.discord.faults.add("tell", fault)
    await forbidden(office)
    await office.pass_time(10_000)

    rows = await office.database.read(lambda tx: tx.all("SELECT state FROM outbox WHERE kind = 'owner.tell'"))
    assert [row["state"] for row in rows] == [state]
    assert office.discord.faults.calls["tell"] == 1


async def test_another_process_than_the_one_that_was_refused_may_be_the_first_that_is_not(
    office: ProblemsScenario,
) -> None:
    await office.greeted()
    other = LostTargetWatcher(replace(office.ground(), serving=ALONE))
    await forbidden(office)
    await other.act()
    await office.desk.problems.guild_changed(GUILD)
    await office.turn()
    done = await office.database.read(_newest_post)
    assert done is not None

    other.noticed(done, "done")
    await other.act()

    assert "🟢 This server: fans are in" in await status(office)


async def test_a_bot_that_is_removed_from_another_bots_server_says_nothing(office: ProblemsScenario) -> None:
    await office.greeted()
    own, others = 71, 72
    await office.database.write(lambda tx: guild_assignments.claim(tx, GUILD, own, now=0))
    found = []
    for application in (others, own):
        side = LostTargetWatcher(
            replace(office.ground(), serving=GuildRouting(application, home=True, alone=False, shard=whole))
        )
        side.removed(GUILD)
        await side.act()
        found.append(len(await office.database.read(paused_targets.all_paused)))

    assert found == [0, 1]
