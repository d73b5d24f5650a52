"""A lead says who is offered a fan first: one phone rings, then the others."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.sandbox.discord.answers import InteractionAnswer
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, housed, labels, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def live(tmp_path_factory: pytest.TempPathFactory, virtual_time: None) -> AsyncIterator[LiveBridge]:
    """A bridge of its own, in which a minute of the rules lasts three seconds."""
    async with housed(tmp_path_factory.mktemp("routing")) as made:
        for name in ("mara", "theo"):
            chosen = await made.stage.members[name].slash(
                made.stage.guild, made.stage.lobby, "inbox pings", mode="conversations"
            )
            await chosen.done(PATIENCE)
        yield made
        assert made.stage.discord.contract_errors == []
        assert made.stage.fanvue.contract_errors == []
        assert made.stage.discord.ledger.of("mentions_allowed") == []


async def routing(live: LiveBridge, *, by: str = "", **values: str | int) -> InteractionAnswer:
    """The owner, or a member, uses /inbox routing."""
    stage = live.stage
    person = stage.members[by] if by else stage.owner
    answer = await person.slash(stage.guild, stage.lobby, "inbox routing", **values)
    await answer.done(PATIENCE)
    assert answer.ephemeral
    return answer


def rung(live: LiveBridge, since: int) -> list[list[int]]:
    """Whom each ping notified, but the first ones."""
    return [sorted(entry.data["people"]) for entry in live.stage.discord.ledger.of("ping")[since:]]


async def cleared(live: LiveBridge) -> None:
    """No rule is left."""
    panel = await routing(live)
    while panel.message is not None and "Turn off" in labels(panel.message):
        rules = live.rows("SELECT id FROM routing_rules ORDER BY place")
        await (await live.stage.owner.choose(panel.message, "Remove a rule", rules[0]["id"])).done(PATIENCE)
        panel = await routing(live)
    assert "No rule yet" in panel.text


async def test_one_phone_rings_first_and_the_others_after_the_time(live: LiveBridge) -> None:
    mara, theo = (live.stage.members[name].user.id for name in ("mara", "theo"))
    before = len(live.stage.discord.ledger.of("ping"))
    refused = await routing(live, by="mara", when="everyone", offer_to=mara)
    added = await routing(live, when="new", value="7", offer_to=mara, minutes=3)
    fan = live.fan("Ada")

    await live.greeted(fan)
    await live.until(lambda: len(rung(live, before)) == 2)
    await live.until(lambda: "offered to" not in plain(live.waiting()[0]))
    await cleared(live)

    assert "Ask the owner; /team explain shows what your role can do." in refused.text
    assert f"1. New fans, first 7 days → <@{mara}>, everyone after 3 minutes" in added.text
    assert rung(live, before) == [[mara], [theo]]


async def test_the_board_names_who_is_offered_the_fan_until_somebody_answers(live: LiveBridge) -> None:
    stage, team = live.stage, live.stage.team.id
    added = await routing(live, when="everyone", offer_to=team, minutes=60)
    fan = live.fan("Bea")

    thread = await live.greeted(fan)
    await live.until(lambda: any("offered to <@" in plain(board) for board in live.waiting()))
    (row,) = live.rows("SELECT member_id FROM routing_offers WHERE fan_uuid = ?", fan.uuid)
    await live.stage.bridge.stop()
    await live.stage.bridge.start()
    kept = live.rows("SELECT member_id FROM routing_offers WHERE fan_uuid = ?", fan.uuid)
    other = next(name for name in ("mara", "theo") if stage.members[name].user.id != row["member_id"])
    await live.also_reply(thread, by=other, text="hello Bea")
    await live.until(lambda: not any("offered to" in plain(board) for board in live.waiting()))
    await cleared(live)

    assert f"1. Every fan → <@&{team}>" in added.text
    assert [one["member_id"] for one in kept] == [row["member_id"]]
    assert live.rows("SELECT * FROM routing_offers WHERE fan_uuid = ?", fan.uuid) == []


async def test_somebody_who_left_the_server_holds_nobody_up(live: LiveBridge) -> None:
    stage = live.stage
    mara, theo = (stage.members[name].user.id for name in ("mara", "theo"))
    await routing(live, when="everyone", offer_to=mara, minutes=60)
    before = len(stage.discord.ledger.of("ping"))
    gone = stage.guild.members.pop(mara)
    fan = live.fan("Cleo")

    await live.greeted(fan)
    await live.until(lambda: len(rung(live, before)) == 1)
    stage.guild.members[mara] = gone
    await cleared(live)

    assert theo in rung(live, before)[0]
    assert live.rows("SELECT * FROM routing_offers WHERE fan_uuid = ?", fan.uuid) == []


async def test_the_panel_moves_and_switches_rules(live: LiveBridge) -> None:
    owner, mara = live.stage.owner, live.stage.members["mara"].user.id
    await routing(live, when="vip", offer_to=mara)
    hidden = await routing(live, when="tag", value="vip", offer_to=mara)
    await routing(live, when="language", value="deutsch", offer_to=mara)
    panel = await routing(live)
    second = live.rows("SELECT id FROM routing_rules ORDER BY place")[1]["id"]

    await (await owner.choose(panel.message, "Move a rule up", second)).says("Moved up.", PATIENCE)
    moved = panel.text
    await (await owner.click(panel.message, "Turn off")).says("Turned off.", PATIENCE)
    switched = "Turn on" if panel.message is not None and "Turn on" in labels(panel.message) else ""
    await (await owner.click(panel.message, "Turn on")).says("Turned on.", PATIENCE)
    await cleared(live)

    assert "Rule 2 would never match: rule 1 above it takes the same fans." in hidden.text
    assert "1. Speaks German" in moved
    assert switched == "Turn on"


async def test_a_rule_is_added_in_a_window_and_what_is_wrong_leaves_the_panel_there(live: LiveBridge) -> None:
    owner, team = live.stage.owner, live.stage.team.id
    panel = await routing(live)
    window = await owner.click(panel.message, "Add a rule")
    await window.opened(PATIENCE)
    filled = {"when": "new", "value": "soon", "role": str(team), "minutes": "10"}
    await (await owner.submit(window, filled)).says("from 1 to 365", PATIENCE)
    kept = labels(panel.message) if panel.message is not None else []
    again = await owner.click(panel.message, "Add a rule")
    await again.opened(PATIENCE)
    added = await (await owner.submit(again, {**filled, "value": "7"})).says("Added as rule 1.", PATIENCE)
    words = added.text
    await cleared(live)

    assert "Add a rule" in kept
    assert f"1. New fans, first 7 days → <@&{team}>, everyone after 10 minutes" in words


async def test_each_condition_finds_its_fans_and_the_first_that_fits_counts(live: LiveBridge) -> None:
    stage = live.stage
    mara, theo = (stage.members[name].user.id for name in ("mara", "theo"))
    known = {name: live.fan(name) for name in ("Dora", "Edda", "Fay", "Gil", "Hal")}
    for name in ("Gil", "Dora"):
        await known[name].tip(30_000)
    await live.stored(lambda: len(live.rows("SELECT * FROM earnings_told WHERE gross = 30000")) == 2)
    threads = {name: await live.answered(fan) for name, fan in known.items()}
    for name, words in (("Dora", "vip"), ("Edda", "deutsch"), ("Fay", "night owl")):
        await (await stage.members["mara"].slash(stage.guild, threads[name], "fan tag add", tag=words)).done(
            PATIENCE
        )
    for thread in threads.values():
        await (await stage.members["mara"].slash(stage.guild, thread, "fan release")).done(PATIENCE)
    for when, value, who in (
        ("vip", None, mara),
        ("language", "German", theo),
        ("tag", "Night Owl", mara),
        ("spent", "$250", theo),
    ):
        values = {"value": value} if value is not None else {}
        added = await routing(live, when=when, offer_to=who, minutes=60, **values)
        assert "Added as rule" in added.text

    for fan in known.values():
        await fan.write("me again")
    offered = "SELECT fan_uuid, member_id FROM routing_offers WHERE member_id IS NOT NULL"
    await live.stored(lambda: len(live.rows(offered)) == 4)
    names = {fan.uuid: name for name, fan in known.items()}
    found = {names[row["fan_uuid"]]: row["member_id"] for row in live.rows(offered)}
    await live.shows(known["Hal"], "me again")
    await cleared(live)

    assert found == {"Dora": mara, "Edda": theo, "Fay": mara, "Gil": theo}


async def test_a_rule_names_a_list_on_fanvue_and_counts_once_it_was_read(live: LiveBridge) -> None:
    stage, mara = live.stage, live.stage.members["mara"].user.id
    fan, other = live.fan("Fay"), live.fan("Gus")
    made = stage.fanvue.world.add_list(stage.creator, "Front row", [fan])
    offered = await stage.owner.autocomplete(
        stage.guild, stage.lobby, "inbox routing", "value", "front", when="list"
    )

    added = await routing(live, when="list", value=offered[0]["value"], offer_to=mara, minutes=60)
    await live.stored(lambda: live.rows("SELECT 1 FROM routing_lists WHERE read_at IS NOT NULL"))
    panel = await routing(live)
    for one in (fan, other):
        await live.greeted(one)
    await live.stored(lambda: live.rows("SELECT 1 FROM routing_offers WHERE fan_uuid = ?", fan.uuid))
    offers = live.rows("SELECT 1 FROM routing_offers WHERE fan_uuid = ?", other.uuid)
    await cleared(live)

    assert [choice["name"] for choice in offered] == ["Front row"]
    assert offered[0]["value"] == str(made.uuid)
    assert f"1. List “Front row” → <@{mara}>, everyone after 60 minutes · not read yet" in added.text
    assert "· read <t:" in panel.text
    assert offers == []
    assert live.rows("SELECT * FROM routing_list_fans") == []
