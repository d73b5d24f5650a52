"""/inbox routing: each condition asks for what it needs, and says why not."""

import pytest

from bot.access.roles import MoneyView
from bot.features.inbox.routing import texts
from bot.features.inbox.routing.input_rules import TypedRoutingRule, typed_in_window
from bot.features.inbox.routing.rules import MOST, RoutingRefused
from storage.database import Transaction
from storage.engine import audit_log
from storage.people import grants
from storage.records import DiscordId
from tests.features.inbox.claims.claims_scenario import NINA, OTTO, VERA
from tests.features.inbox.pings.pings_scenario import MINUTE
from tests.features.inbox.routing.routing_scenario import NIGHT, PIA, RoutingScenario, labels, panel_text
from tests.relay.relay_scenario import CREATOR, GUILD, MAYA

DAY = 1440 * MINUTE


async def test_each_condition_decides_and_the_first_that_fits_counts(team: RoutingScenario) -> None:
    await team.fan_writes()
    await _answered(team)
    await team.marks("deutsch")
    await team.pays(30_000)
    await team.pass_time(10 * DAY)
    for when, value, to in (
        ("vip", None, NINA),
        ("new", "5", NINA),
        ("spent", "$500", NINA),
        ("language", "French", NINA),
        ("spent", "$250", OTTO),
        ("everyone", None, PIA),
    ):
        assert "Added" in await team.rule(when, value, to)

    await team.fan_writes("me again")
    by_spend = await team.offered()
    await _answered(team)
    await team.marks("vip")
    await team.fan_writes("and again")

    assert by_spend == OTTO
    assert await team.offered() == NINA


@pytest.mark.parametrize(
    ("when", "value"), [("tag", "Late Night"), ("language", "german"), ("new", "7"), ("everyone", None)]
)
async def test_a_rule_finds_its_fans(team: RoutingScenario, when: str, value: str | None) -> None:
    await team.fan_writes()
    await _answered(team)
    await team.marks("late night")
    await team.marks("Deutsch")
    await team.rule(when, value, OTTO)

    await team.fan_writes("me again")

    assert await team.offered() == OTTO


async def test_after_its_days_a_fan_is_not_new(team: RoutingScenario) -> None:
    await team.rule("new", "7", OTTO)
    await team.fan_writes()
    first = await team.offered()
    await _answered(team)
    await team.pass_time(8 * DAY)

    await team.fan_writes("me again")

    assert first == OTTO
    assert await team.offer() is None


async def _answered(team: RoutingScenario) -> None:
    await team.says("hello", NINA)
    await team.turn()
    await team.releases(NINA)


@pytest.mark.parametrize(
    ("when", "value", "said"),
    [
        ("tag", None, "Write the tag"),
        ("tag", "x" * 25, "at most 24 characters"),
        ("language", "Klingon", "don't know the language “Klingon”"),
        ("new", "soon", "from 1 to 365"),
        ("new", "366", "from 1 to 365"),
        ("new", "0", "from 1 to 365"),
        ("spent", "much", "not an amount"),
        ("spent", "0", "not an amount"),
        ("vip", "yes", "Leave the value empty"),
    ],
)
async def test_what_is_wrong_is_refused_with_what_to_do(
    team: RoutingScenario, when: str, value: str | None, said: str
) -> None:
    refused = await team.rule(when, value)

    assert said in refused
    assert len(refused) <= 160
    assert "No rule yet" in panel_text(await team.panel())


async def test_an_amount_lies_where_its_author_may_see_one(team: RoutingScenario) -> None:
    hidden = await team.rule("spent", "$100", money=MoneyView.HIDDEN)
    between = await team.rule("spent", "$120", money=MoneyView.BANDED)
    edge = await team.rule("spent", "$100", money=MoneyView.BANDED)

    assert "You can't see figures, so you can't use an amount here" in hidden
    assert "choose where one starts" in between
    assert "Spent at least $100.00" in edge


async def test_an_amount_is_shown_as_far_as_its_reader_sees_figures(team: RoutingScenario) -> None:
    await team.rule("spent", "$137")

    shown = {money: panel_text(await team.panel(money)) for money in MoneyView}

    assert "$137.00" in shown[MoneyView.EXACT]
    assert "$137" not in shown[MoneyView.BANDED]
    assert "$100 to $250" in shown[MoneyView.BANDED]
    assert "$" not in shown[MoneyView.HIDDEN]


async def test_a_rule_that_never_matches_is_refused_also_when_one_moves_up(team: RoutingScenario) -> None:
    await team.rule("vip")
    await team.rule("everyone")

    refused = await team.rule("new", "7")
    (second,) = (await team.panel()).choices[0].options
    with pytest.raises(RoutingRefused, match="never match"):
        await team.routing.setting.move_up(await team.permit(), second.value)

    assert "Rule 3 would never match: rule 2 above it" in refused
    assert "1. VIPs" in panel_text(await team.panel())


async def test_there_are_at_most_so_many_rules(team: RoutingScenario) -> None:
    for number in range(MOST):
        assert "Added" in await team.rule("tag", f"tag {number}")

    assert await team.rule("tag", "one more") == texts.full()


async def test_whom_nobody_let_in_cannot_be_offered_fans(team: RoutingScenario) -> None:
    nobody = await team.rule("everyone", to=VERA)
    team.roles = dict.fromkeys(team.roles, ())
    empty = await team.rule("everyone")
    wide = await team.rule("everyone", to=GUILD)
    await _grant_role(team, NIGHT)
    granted = await team.rule("everyone")

    assert "may not answer" in nobody
    assert "We know nobody" in empty
    assert "smaller role" in wide
    assert "Added as rule 1." in granted


async def test_rules_are_moved_removed_and_switched(team: RoutingScenario) -> None:
    await team.rule("vip")
    await team.rule("new", "1", minutes=1)
    setting, permit = team.routing.setting, await team.permit()
    panel = await team.panel()
    (second,) = panel.choices[0].options

    moved = panel_text(await setting.move_up(permit, second.value))
    off = await setting.switch(permit, is_on=False)
    await team.fan_writes()
    unused = await team.offer()
    on = await setting.switch(permit, is_on=True)
    removed = panel_text(await setting.remove(permit, second.value))
    with pytest.raises(RoutingRefused, match="This rule was just removed"):
        await setting.remove(permit, second.value)

    assert labels(panel) == ["Add a rule", "Turn off", "Move a rule up", "Remove a rule"]
    assert f"1. New fans, first day → <@&{NIGHT}>, everyone after 1 minute" in moved
    assert labels(off)[1] == "Turn on"
    assert unused is None
    assert labels(on)[1] == "Turn off"
    assert "New fans" not in removed
    assert f"1. VIPs → <@&{NIGHT}>, everyone after 5 minutes" in removed


async def test_turning_it_off_offers_everybody_what_is_offered_now(team: RoutingScenario) -> None:
    await team.everybody_hears()
    await team.rule("everyone")
    await team.fan_writes()

    await team.routing.setting.switch(await team.permit(), is_on=False)
    await team.turn()

    assert await team.offer() is None
    assert team.rung() == [{NINA}, {OTTO, PIA}]


async def test_every_change_is_in_the_audit_log_without_the_words_of_a_rule(team: RoutingScenario) -> None:
    await team.rule("tag", "a secret")

    lines = await team.database.read(lambda tx: audit_log.recent(tx, CREATOR, 99))
    rows = await team.database.read(lambda tx: tx.all("SELECT * FROM routing_rules"))

    (line,) = [one for one in lines if one.action == "inbox.routing"]
    assert (line.actor, line.target) == (MAYA, "add: tag")
    assert "secret" not in str([dict(row) for row in rows])


@pytest.mark.parametrize(
    ("when", "typed", "offered"),
    [
        ("language", "sp", ["Spanish"]),
        ("new", "", ["1", "3", "7", "14", "30"]),
        ("spent", "$25", ["$25", "$250"]),
        ("vip", "", []),
        (None, "3", ["3", "30"]),
    ],
)
def test_values_that_fit_the_condition_are_offered(when: str | None, typed: str, offered: list[str]) -> None:
    found = texts.offered_values(when, typed)

    assert [value for _, value in found] == offered
    assert len(texts.offered_values("language", "")) == 25


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"when": "vip", "role": "7", "member": "8", "minutes": "5"}, texts.ONE_TARGET),
        ({"when": "vip", "role": "7", "minutes": "0"}, texts.no_minutes()),
        ({"when": "vip", "role": "7", "minutes": "61"}, texts.no_minutes()),
        ({"when": "vip", "role": "7", "minutes": "x"}, texts.no_minutes()),
        ({"when": "vip", "role": "7", "minutes": "9" * 5_000}, texts.no_minutes()),
        ({"when": "vip", "role": "7", "minutes": "\u0663"}, texts.no_minutes()),
    ],
)
def test_a_window_that_cannot_be_read_is_refused(fields: dict[str, str], said: str) -> None:
    with pytest.raises(RoutingRefused) as refused:
        typed_in_window(fields)

    assert str(refused.value) == said


def test_a_window_names_a_role_or_a_member() -> None:
    role = typed_in_window({"when": "vip", "value": "", "role": "7", "member": "", "minutes": "5"})
    member = typed_in_window({"when": "tag", "value": "x", "member": "8", "minutes": "60"})

    assert role == TypedRoutingRule("vip", None, "role", DiscordId(7), 5)
    assert member == TypedRoutingRule("tag", "x", "member", DiscordId(8), 60)


async def _grant_role(team: RoutingScenario, role: DiscordId) -> None:
    async def work(tx: Transaction) -> None:
        kept = grants.GrantRecord(
            team.ids.new(), CREATOR, GUILD, "role", role, "chatter", "", "", None, MAYA, team.clock.now()
        )
        await grants.put(tx, kept)

    await team.database.write(work)
