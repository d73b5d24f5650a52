"""/team show and /team explain: who has what, why one may, and why not."""

from bot.discord.asking import NOT_HERE
from storage.people import consents
from storage.records import DiscordId
from tests.features.people.team.team_scenario import LUNA, TeamScenario


async def test_show_lists_everybody_by_whom_since_when_and_what_both_sides_said(
    quarters: TeamScenario,
) -> None:
    await quarters.let_in(quarters.lea.user.id, "viewer", plus="mass")
    await quarters.let_in(quarters.team.id, "manager", kind="role")

    answer = await quarters.use(quarters.victor, "team show")

    victor, since = quarters.victor.user.id, quarters.clock.at // 1000
    assert answer.text.replace("\\", "").splitlines()[:7] == [
        "### Team of @luna",
        f"Owner: <@{victor}>",
        f"The owner agreed: <@{victor}>, <t:1:D>",
        f"The server agreed: <@{quarters.olivia.user.id}>, <t:2:D>",
        f"<@&{quarters.team.id}>: manager. By <@{victor}>, <t:{since}:D>",
        f"<@{quarters.lea.user.id}>: viewer; also send mass messages. By <@{victor}>, <t:{since}:D>",
        "-# See what each role allows: /team explain.",
    ]


async def test_a_large_team_has_pages_and_nobody_is_left_out(quarters: TeamScenario) -> None:
    members = [quarters.lea.user.id + number for number in range(40)]
    for member in members:
        await quarters.let_in(member, "chatter", plus="mass post export pause approve")

    pages = [(await quarters.use(quarters.victor, "team show", page=page)).text for page in (1, 2, 3)]

    assert all(sum(f"<@{member}>:" in page for page in pages) == 1 for member in members)
    assert "Page 3 of 3" in pages[2]


async def test_one_is_told_what_one_may_and_where_it_comes_from(quarters: TeamScenario) -> None:
    await quarters.let_in(quarters.team.id, "chatter", kind="role")

    by_role = (await quarters.use(quarters.maya, "team explain")).text.replace("\\", "")
    await quarters.let_in(quarters.maya.user.id, "viewer", plus="pause")
    personally = (await quarters.use(quarters.maya, "team explain")).text.replace("\\", "")

    assert "**@luna**: chatter. You can read what fans write, reply" in by_role
    assert "You can't send mass messages" in by_role
    assert f"By the role <@&{quarters.team.id}>: chatter. By <@{quarters.victor.user.id}>" in by_role
    assert "**@luna**: viewer. You can read what fans write, pause sending." in personally
    assert "A personal grant counts alone; otherwise all of their Discord roles count together" in personally


async def test_who_is_nothing_is_told_so_and_of_no_creator(quarters: TeamScenario) -> None:
    for who in (quarters.olivia, quarters.lea):
        said = (await quarters.use(who, "team explain")).text
        assert (
            "You have no access to any creator on this server, neither personally nor by a Discord role"
            in said
        )
        assert "luna" not in said
    place = quarters.town.guild, quarters.town.lobby
    assert await quarters.lea.autocomplete(*place, "team explain", "creator", "") == []


async def test_the_owner_is_told_that_they_are(quarters: TeamScenario) -> None:
    said = (await quarters.use(quarters.victor, "team explain")).text

    assert "owner, by the account that you connected" in said


async def test_the_owner_of_a_creator_that_left_is_told_that_it_left(quarters: TeamScenario) -> None:
    by = DiscordId(quarters.victor.user.id)
    await quarters.database.write(
        lambda tx: consents.withdraw(tx, LUNA, quarters.guild, "owner", by=by, now=3)
    )

    said = (await quarters.use(quarters.victor, "team explain")).text

    assert "It has left this server" in said
    assert "You can do everything" not in said


async def test_about_others_only_whoever_manages_the_team_is_told(quarters: TeamScenario) -> None:
    await quarters.let_in(quarters.team.id, "chatter", kind="role")
    about = {"member": quarters.maya.user.id}

    owner = (await quarters.use(quarters.victor, "team explain", **about)).text.replace("\\", "")
    outsider = (await quarters.use(quarters.lea, "team explain", **about)).text
    nobody = (await quarters.use(quarters.victor, "team explain", member=quarters.lea.user.id)).text

    assert "What they may do, and why" in owner
    assert "**@luna**: chatter. They can read what fans write, reply" in owner
    assert outsider == NOT_HERE
    assert "**@luna**: no access." in nobody


async def test_who_may_nothing_because_the_creator_left_is_told_why(quarters: TeamScenario) -> None:
    await quarters.let_in(quarters.lea.user.id, "chatter")
    await quarters.database.write(
        lambda tx: consents.withdraw(tx, LUNA, quarters.guild, "server", by=quarters.guild, now=5)
    )

    said = (await quarters.use(quarters.lea, "team explain")).text
    denied = (await quarters.use(quarters.victor, "team grant", to=quarters.lea.user.id, role="viewer")).text
    shown = (await quarters.use(quarters.victor, "team show")).text

    assert "no access right now: the creator was taken off this server. /account return restores it" in said
    assert "is not on this server" in denied
    assert "The server withdrew" in shown
