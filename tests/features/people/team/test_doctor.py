"""The access doctor: who reads a creator's channels and should not."""

import asyncio
from collections.abc import Callable, Sequence

import pytest

from bot.access.channel_view import ServerView
from bot.access.permits import Access, Actor
from bot.access.policy import Action
from bot.discord.asking import NOT_HERE
from bot.discord.channel_visibility import ChannelVisibility
from bot.engine.guild_routing import GuildRouting
from bot.engine.supervision import Supervisor
from bot.features.people.team import tasks
from bot.features.people.team.access_doctor import AccessDoctor
from bot.model.language import speaking
from bot.model.ports import Post
from bot.model.shards import whole
from bot.sandbox.discord.model import FORUM, StandInOverwrite, StandInRole
from bot.sandbox.discord.permissions import ADMINISTRATOR, VIEW_CHANNEL
from bot.sandbox.discord.standalone import BOT_RIGHTS
from storage.engine import guild_assignments
from storage.inbox import forums
from storage.records import DiscordId, Forum
from tests.discord.discord_test_server import APPLICATION
from tests.features.people.team.access_doctor_scenario import (
    AccessDoctorScenario,
    HeldTaskPauses,
    another_role_reads,
    not_age_restricted,
)
from tests.features.people.team.team_scenario import LUNA

WEEK = 7 * 86_400_000
NOTHING = "All is well: everyone who reads there has a grant."


async def test_where_all_fits_only_the_servers_owner_is_named_and_what_cannot_be_known(
    ward: AccessDoctorScenario,
) -> None:
    said = await ward.sees()

    assert await ward.lines() == [f"<@{ward.there.olivia.user.id}> owns this server and sees everything."]
    assert "and no member by name. Without the Server Members intent" in said
    assert NOTHING in said
    assert "Without the Server Members intent we can't name other members of a role" in said


def open_to_everybody(ward: AccessDoctorScenario) -> str:
    del ward.forum.overwrites[ward.there.town.guild.id]
    return f"Everyone on this server can read <#{ward.forum.id}>"


def administrators(ward: AccessDoctorScenario) -> str:
    role: StandInRole = ward.there.town.server.world.add_role(ward.there.town.guild, "Admins")
    role.permissions |= ADMINISTRATOR
    return f"<@&{role.id}> sees everything as an administrator, whatever is granted."


def let_in_by_name(ward: AccessDoctorScenario) -> str:
    lea = ward.there.lea.user.id
    ward.forum.overwrites[lea] = StandInOverwrite(lea, 1, VIEW_CHANNEL, 0)
    return f"<@{lea}> can read <#{ward.forum.id}> by name but has no grant: remove them there."


def bot_without_rights(ward: AccessDoctorScenario) -> str:
    bot = ward.there.town.server.world.applications[APPLICATION].user.id
    ward.forum.overwrites[bot] = StandInOverwrite(bot, 1, VIEW_CHANNEL, BOT_RIGHTS & ~VIEW_CHANNEL)
    return f"In <#{ward.forum.id}> the bot is missing Manage Threads and Posts"


def team_shut_out(ward: AccessDoctorScenario) -> str:
    del ward.forum.overwrites[ward.there.town.team.id]
    return f"<@&{ward.there.town.team.id}> has a grant but can't see <#{ward.forum.id}>: let them see it"


def forum_gone(ward: AccessDoctorScenario) -> str:
    ward.there.town.guild.channel_ids.remove(ward.forum.id)
    return "The forum is gone: create another one with /setup."


CHANGES = [
    open_to_everybody,
    another_role_reads,
    administrators,
    let_in_by_name,
    not_age_restricted,
    bot_without_rights,
    team_shut_out,
    forum_gone,
]


@pytest.mark.parametrize("change", CHANGES)
async def test_what_does_not_fit_is_named(
    ward: AccessDoctorScenario, change: Callable[[AccessDoctorScenario], str]
) -> None:
    before = await ward.lines()
    expected = change(ward)

    after = [line for line in await ward.lines() if line not in before]

    assert len(after) == 1
    assert after[0].startswith(expected)


async def test_every_forum_of_the_creator_is_looked_at(ward: AccessDoctorScenario) -> None:
    quarters, there = ward.there, ward.there.town
    rules = [StandInOverwrite(there.guild.id, 0, 0, VIEW_CHANNEL), ward.forum.overwrites[_bot(ward)]]
    second = there.server.world.add_channel(
        there.guild, "luna-fans-2", FORUM, overwrites={r.id: r for r in rules}, nsfw=False
    )
    place = Forum(DiscordId(second.id), quarters.guild, DiscordId(1), DiscordId(ward.alerts.id), LUNA, "{}")
    await quarters.database.write(lambda tx: forums.add(tx, place, 1))
    second.overwrites[quarters.lea.user.id] = StandInOverwrite(quarters.lea.user.id, 1, VIEW_CHANNEL, 0)

    said = await ward.lines()

    assert [line for line in said if f"<#{second.id}>" in line] == [
        f"<#{second.id}> is not age-restricted: fix that with /setup.",
        f"<@{quarters.lea.user.id}> can read <#{second.id}> by name but has no grant: remove them there.",
        (
            f"<@&{there.team.id}> has a grant but can't see <#{second.id}>: let them see it in "
            "Discord's settings, or use /team revoke."
        ),
    ]
    assert not any(f"<#{ward.forum.id}>" in line for line in said)


def _bot(ward: AccessDoctorScenario) -> int:
    return ward.there.town.server.world.applications[APPLICATION].user.id


async def test_whoever_acted_or_is_granted_something_is_known_by_name(ward: AccessDoctorScenario) -> None:
    there = ward.there
    await there.give(there.victor, to=there.lea.user.id, role="viewer")
    shut_out = f"<@{there.lea.user.id}> has a grant but can't see <#{ward.forum.id}>: let them see it in "
    assert f"{shut_out}Discord's settings, or use /team revoke." in await ward.lines()
    await there.let_in(there.maya.user.id, "none")  # she has the role that reads, and is to do nothing

    assert (
        f"<@{there.maya.user.id}> can read <#{ward.forum.id}> and <#{ward.alerts.id}> by a "
        "role but has no grant: use /team grant, or remove the role from them."
    ) in await ward.lines()


async def test_of_a_large_team_everybody_is_looked_at(ward: AccessDoctorScenario) -> None:
    ward.there.town.server.limits.enabled = False
    people = ward.newcomers(75)

    (report,) = await ward.look()

    assert report.title == "Access doctor: 75 things to check"
    assert report.small == "You get this at most once a week, and only when something changed."
    assert f"<@{people[0]}> can read <#{ward.forum.id}> by name" in report.body[0]
    assert report.body[1] == "… and 58 more: see all with /team doctor."  # and who owns the server


async def test_all_that_was_found_is_shown_page_by_page(ward: AccessDoctorScenario) -> None:
    town = ward.there.town
    roles = [town.server.world.add_role(town.guild, f"Friends {number}") for number in range(40)]
    for role in roles:
        ward.forum.overwrites[role.id] = StandInOverwrite(role.id, 0, VIEW_CHANNEL, 0)

    first = await ward.sees()
    pages = [await ward.lines(page=number) for number in range(1, 5)]

    assert "Page 1 of 3: see the others with `/team doctor page:`" in first
    assert [len(page) for page in pages] == [18, 18, 5, 5]  # one more owns the server
    told = [line for page in pages[:3] for line in page]
    assert {line.split(" ")[0] for line in told[:-1]} == {f"<@&{role.id}>" for role in roles}


async def test_how_many_were_not_looked_at_is_said(ward: AccessDoctorScenario) -> None:
    ward.newcomers(5)
    there, access = ward.there, ward.there.town.bot.services.get(Access)
    permit = await access.authorize(Actor(DiscordId(there.victor.user.id), there.guild), Action.DOCTOR, LUNA)
    assert permit is not None

    (report,) = await ward.look(most=3)
    post = await there.town.bot.services.get(AccessDoctor).examine(
        permit, ChannelVisibility(there.town.bot, most=3).see
    )

    assert isinstance(post, Post)
    for small in (report.small, post.small):
        assert small is not None
        assert "we did not check 2 more whom we know by name" in small
    assert "3 members who are known by name" in str(post.small)


async def test_nobody_else_is_told(ward: AccessDoctorScenario) -> None:
    for who in (ward.there.maya, ward.there.lea, ward.there.olivia):
        assert (await ward.there.use(who, "team doctor")).text == NOT_HERE


async def test_once_a_week_it_is_reported_but_only_what_changed(ward: AccessDoctorScenario) -> None:
    clock = ward.there.clock
    first = await ward.look()
    not_age_restricted(ward)
    same_week = await ward.look()
    clock.at += WEEK
    second = await ward.look()
    clock.at += WEEK
    third = await ward.look()
    ward.alerts.nsfw = True
    clock.at += WEEK
    fourth = await ward.look()

    assert [len(reports) for reports in (first, same_week, second, third, fourth)] == [1, 1, 2, 2, 3]
    assert [post.title for post in fourth] == [
        "Access doctor: all clear",
        "Access doctor: 1 thing to check",
        "Access doctor: all clear",
    ]
    assert "By Discord itself, which grants can't change:" in fourth[0].body[1]
    assert "is not age-restricted: fix that with /setup." in fourth[1].body[0]


async def test_in_another_language_it_is_still_the_same_and_not_reported_anew(
    ward: AccessDoctorScenario,
) -> None:
    another_role_reads(ward)
    first = await ward.look()
    ward.there.clock.at += WEEK
    with speaking("de"):
        again = await ward.look()

    assert again == first
    assert len(first) == 1


async def test_of_another_bots_servers_nothing_is_asked(ward: AccessDoctorScenario) -> None:
    there, own, others = ward.there, 71, 72
    guild = DiscordId(there.town.guild.id)
    await there.database.write(lambda tx: guild_assignments.claim(tx, guild, own, now=0))
    asked: list[DiscordId] = []

    async def see(server: DiscordId, _channels: Sequence[DiscordId], _members: Sequence[DiscordId]) -> None:
        asked.append(server)

    found = []
    for application in (others, own):
        overseeing = AccessDoctor(
            database=there.database,
            effects=there.effects,
            clock=there.clock,
            serving=GuildRouting(application, home=True, alone=False, shard=whole),
        )
        await overseeing.look(see)
        found.append(list(asked))

    assert found == [[], [guild]]


async def test_a_discord_that_does_not_answer_is_asked_again_later(ward: AccessDoctorScenario) -> None:
    ward.there.town.server.faults.fail("GET", f"/guilds/{ward.there.guild}/channels", 403)

    assert await ward.look() == []
    assert len(await ward.look()) == 1


async def test_the_duty_itself_looks_every_week_and_between_the_weeks_does_nothing(
    ward: AccessDoctorScenario,
) -> None:
    town, rounds, seen = ward.there.town, HeldTaskPauses(), []

    async def see(
        guild: DiscordId, channels: Sequence[DiscordId], members: Sequence[DiscordId]
    ) -> ServerView | None:
        seen.append(ward.there.clock.at)
        return await ChannelVisibility(town.bot).see(guild, channels, members)

    overseeing = town.bot.services.get(AccessDoctor)
    task = tasks.access_task(
        overseeing.look, overseeing.look_at_roles, see, ready=town.bot.is_ready, sleep=rounds.sleep
    )
    began, supervisor = ward.there.clock.at, Supervisor([task])
    running = asyncio.create_task(supervisor.run())
    try:
        await rounds.over.acquire()
        await rounds.pass_by(150)  # the start looks at roles alone, the round after it at all
        not_age_restricted(ward)
        for _ in range(7):
            await rounds.pass_by(150)  # pauses of at most five seconds: more than one look every day
            ward.there.clock.at += WEEK // 7
        before = len(await ward.reports())
        await rounds.pass_by(150)
        alive = await supervisor.alive()
    finally:
        running.cancel()
        await asyncio.wait([running])

    assert seen == [began, began + WEEK]
    assert (before, alive) == (1, None)
    assert [post.title for post in await ward.reports()] == [
        "Access doctor: all clear",
        "Access doctor: 1 thing to check",
    ]
