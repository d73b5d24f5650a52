"""A rule that names a Fanvue list is about who is on it as of the last look."""

import pytest

from bot.access.permits import Actor
from bot.engine import lasting_pseudonyms
from bot.features.inbox.routing import texts
from bot.features.people.offboarding.parts import TeamDeparture
from bot.model.errors import DeliveryRefused, TryLater
from bot.model.events import Person
from storage.database import Transaction
from storage.inbox import routing_lists
from storage.inbox.routing_rules import RoutingCondition
from storage.people import fan_erasure
from storage.records import FanId
from tests.features.inbox.claims.claims_scenario import NINA, OTTO
from tests.features.inbox.routing.routing_scenario import NIGHT, RoutingScenario, panel_text
from tests.relay.relay_scenario import CREATOR, EMMA, GUILD, NOAH

MINUTE, DAY = 60_000, 86_400_000
QUARTER = 15 * MINUTE
NOBODY_YET = "not read yet, so the next rule counts"


async def listed(team: RoutingScenario, *fans: Person, name: str = "Big spenders") -> str:
    """A list on Fanvue, a rule for it, and a rule for everybody; it was not read yet."""
    key = team.lists.make(name, [fan.id for fan in fans])
    assert "Added as rule 1" in await team.rule("list", name, NINA)
    assert "Added as rule 2" in await team.rule("everyone", None, OTTO)
    return key


async def read_again(team: RoutingScenario, after: int = QUARTER) -> None:
    """Time passes, and the task looks."""
    await team.pass_time(after)
    await team.lists.reading.look()


async def kept(team: RoutingScenario) -> set[FanId]:
    """Whose rows there are."""
    rows = await team.database.read(lambda tx: tx.all("SELECT fan_uuid FROM routing_list_fans"))
    return {FanId(row["fan_uuid"]) for row in rows}


async def panel(team: RoutingScenario) -> str:
    return panel_text(await team.panel())


async def test_who_is_on_the_list_is_offered_by_its_rule_and_others_by_the_next(
    team: RoutingScenario,
) -> None:
    await listed(team, EMMA)
    await read_again(team, 0)

    await team.fan_writes()
    await team.fan_writes(fan=NOAH)

    assert (await team.offered(), await team.offered(NOAH)) == (NINA, OTTO)
    at = f"<t:{team.clock.now() // 1000}:R>"
    assert f"1. List “Big spenders” → <@{NINA}>, everyone after 5 minutes · read {at}\n" in await panel(team)
    assert "We read lists about every 15 minutes" in ((await team.panel()).post.small or "")


async def test_before_the_first_look_the_next_rule_counts_and_the_panel_says_so(
    team: RoutingScenario,
) -> None:
    await listed(team, EMMA)

    await team.fan_writes()

    assert await team.offered() == OTTO
    assert NOBODY_YET in await panel(team)


async def test_who_comes_or_goes_counts_from_the_next_look_on(team: RoutingScenario) -> None:
    key = await listed(team, EMMA)
    await read_again(team, 0)
    team.lists.on[key] = {NOAH.id}
    await team.lists.reading.look()  # too early
    early = await kept(team)

    await read_again(team)
    await team.fan_writes()
    await team.fan_writes(fan=NOAH)

    assert (early, await kept(team)) == ({EMMA.id}, {NOAH.id})
    assert (await team.offered(), await team.offered(NOAH)) == (OTTO, NINA)


@pytest.mark.parametrize(
    ("failure", "why"),
    [
        (TryLater("Not now."), "Fanvue does not answer"),
        (DeliveryRefused("No."), "Fanvue does not let us read it"),
    ],
)
async def test_where_it_cannot_be_read_what_is_known_counts_for_a_day_and_then_the_next_rule(
    team: RoutingScenario, failure: TryLater | DeliveryRefused, why: str
) -> None:
    await listed(team, EMMA)
    await read_again(team, 0)
    first = f"<t:{team.clock.now() // 1000}:R>"
    team.lists.fails = failure
    await read_again(team)
    await team.fan_writes()
    by_list, said = await team.offered(), await panel(team)
    await team.says("hello", NINA)
    await team.turn()
    await team.releases(NINA)

    await read_again(team, DAY)
    await team.fan_writes("me again")

    assert by_list == NINA
    assert f"⚠️ read {first}, not since: {why}" in said
    assert await team.offered() == OTTO
    assert f"⚠️ last read {first}, so the next rule counts: {why}" in await panel(team)
    assert await kept(team) == set()
    team.lists.fails = None
    await read_again(team)
    assert await kept(team) == {EMMA.id}
    assert "⚠️" not in await panel(team)


async def test_a_list_that_was_never_read_says_why(team: RoutingScenario) -> None:
    await listed(team, EMMA)
    team.lists.fails = TryLater("Not now.")

    await read_again(team, 0)

    assert f"⚠️ {NOBODY_YET}: Fanvue does not answer" in await panel(team)


async def test_a_deleted_list_decides_nothing_and_its_rule_says_so(team: RoutingScenario) -> None:
    key = await listed(team, EMMA)
    await read_again(team, 0)
    team.lists.delete(key)
    await read_again(team)

    await team.fan_writes()

    assert await team.offered() == OTTO
    assert await kept(team) == set()
    assert "List “Big spenders”" in await panel(team)
    assert "⚠️ this list is gone from Fanvue, so the next rule counts: remove this rule" in await panel(team)


async def test_a_list_that_is_called_otherwise_is_the_same(team: RoutingScenario) -> None:
    key = await listed(team, EMMA)
    team.lists.names[key] = "Whales *2026*"

    await read_again(team, 0)

    assert "List “Whales *2026*”" in await panel(team)
    assert await kept(team) == {EMMA.id}


async def test_of_a_very_long_list_the_first_are_known_and_it_is_said(team: RoutingScenario) -> None:
    await listed(team, EMMA, NOAH)
    team.lists.most = 1

    await read_again(team, 0)

    assert len(await kept(team)) == 1
    assert f"read <t:{team.clock.now() // 1000}:R>, its first 5,000 fans" in await panel(team)


async def test_a_long_list_is_read_less_often(team: RoutingScenario) -> None:
    key = await listed(team)
    team.lists.on[key] = {FanId(f"fan-{number}") for number in range(5_000)}
    await read_again(team, 0)
    before = len(team.lists.asked)

    await read_again(team, 33 * MINUTE)
    early = len(team.lists.asked)
    await read_again(team, MINUTE)

    assert early == before
    assert team.lists.asked[before:] == ["all", key]
    assert len(await kept(team)) == 5_000


async def test_what_no_rule_in_use_names_is_not_read_and_what_no_rule_names_is_not_kept(
    team: RoutingScenario,
) -> None:
    await listed(team, EMMA)
    await read_again(team, 0)
    permit, setting = await team.permit(), team.routing.setting
    await setting.switch(permit, is_on=False)
    before = len(team.lists.asked)
    await read_again(team)
    off = team.lists.asked[before:]
    await setting.switch(permit, is_on=True)

    rules = await team.database.read(lambda tx: team.routing.book.rules(tx, CREATOR))
    await setting.remove(permit, rules[0].id)

    assert off == []
    assert await kept(team) == set()
    assert await team.database.read(lambda tx: routing_lists.of_creator(tx, CREATOR)) == []


async def test_a_second_rule_for_a_list_would_never_match(team: RoutingScenario) -> None:
    key = team.lists.make("Regulars", [EMMA.id])
    await team.rule("list", key, NINA)

    again = await team.rule("list", "regulars", OTTO)

    assert "Rule 2 would never match: rule 1 above it takes the same fans." in again


async def test_the_rules_of_who_leaves_take_their_lists_along(team: RoutingScenario) -> None:
    await listed(team, EMMA)
    await read_again(team, 0)
    parting = TeamDeparture(Actor(NINA, GUILD), CREATOR, GUILD, OTTO, "word")

    await team.database.write(lambda tx: team.routing.leaving.end(tx, parting))

    assert await kept(team) == set()


async def test_a_rule_removed_while_its_list_is_read_leaves_nothing(team: RoutingScenario) -> None:
    await listed(team, EMMA)
    rules = await team.database.read(lambda tx: team.routing.book.rules(tx, CREATOR))
    permit = await team.permit()

    async def removed() -> None:
        await team.routing.setting.remove(permit, rules[0].id)

    team.lists.meanwhile = removed
    await read_again(team, 0)

    assert await kept(team) == set()


async def test_who_was_forgotten_is_not_kept_until_they_write_again(team: RoutingScenario) -> None:
    await listed(team, EMMA, NOAH)
    await team.fan_writes()
    await read_again(team, 0)
    names = team.effects.trail.pseudonyms

    async def forget(tx: Transaction) -> None:
        await lasting_pseudonyms.forget(tx, names, CREATOR, EMMA.id, now=team.clock.now())
        await fan_erasure.take_out(tx, CREATOR, EMMA.id)

    await team.database.write(forget)
    at_once = await kept(team)
    await read_again(team)
    later = await kept(team)
    await team.fan_writes("somebody new")
    await read_again(team)

    assert (at_once, later) == ({NOAH.id}, {NOAH.id})
    assert await kept(team) == {EMMA.id, NOAH.id}


async def test_a_name_that_does_not_open_is_said_and_the_rule_works(team: RoutingScenario) -> None:
    await listed(team, EMMA)
    await team.database.write(lambda tx: tx.execute("UPDATE routing_lists SET body_ct = :ct", ct=b"damaged"))
    said = await panel(team)

    await read_again(team, 0)
    await team.fan_writes()

    assert "List “unreadable”" in said
    assert await team.offered() == NINA
    assert "List “Big spenders”" in await panel(team)


# ── choosing ──


async def test_what_is_no_list_is_refused_with_what_to_do(team: RoutingScenario) -> None:
    team.lists.make("Twins", key="one")
    team.lists.make("twins", key="two")
    team.lists.make("Big spenders")

    assert await team.rule("list", "*Whales*") == (
        "Fanvue has no list “\\*Whales\\*”. Choose one from the suggestions."
    )
    assert (await team.rule("list", "TWINS")).startswith("Several lists are called “TWINS”.")
    assert await team.rule("list") == texts.needs_value(RoutingCondition.LIST)
    team.lists.fails = TryLater("Not now.")
    assert await team.rule("list", "Big spenders") == texts.NO_ANSWER
    team.lists.fails = DeliveryRefused("Fanvue needs the permission read:fan.")
    assert await team.rule("list", "Big spenders") == "Fanvue needs the permission read:fan."
    assert "No rule yet" in await panel(team)


async def test_a_list_is_meant_by_its_key_its_name_or_its_name_in_other_letters(
    team: RoutingScenario,
) -> None:
    key = team.lists.make("Twins", key="one")
    team.lists.make("twins", key="two")

    for number, typed in enumerate((key, "twins"), 1):
        assert f"Added as rule {number}" in await team.rule("list", typed, NIGHT)


async def test_lists_are_offered_by_their_letters_and_none_while_fanvue_is_silent(
    team: RoutingScenario,
) -> None:
    key = team.lists.make("Big spenders")
    team.lists.make("Regulars")
    setting, permit = team.routing.setting, await team.permit()

    offered = await setting.values(permit, "list", "SPEND")
    team.lists.fails = TryLater("Not now.")

    assert offered == [("Big spenders", key)]
    assert list(await setting.values(permit, "list", "")) == []
    assert ("German", "German") in await setting.values(permit, "language", "ger")
