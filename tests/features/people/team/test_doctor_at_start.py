"""The access doctor at the start: roles that the owner's side did not let in."""

import asyncio

from bot.discord.channel_visibility import ChannelVisibility
from bot.engine.supervision import Supervisor
from bot.features.people.team import tasks
from bot.features.people.team.access_doctor import AccessDoctor
from tests.features.people.team.access_doctor_scenario import (
    AccessDoctorScenario,
    HeldTaskPauses,
    another_role_reads,
    not_age_restricted,
)


async def test_at_every_start_roles_are_looked_at_that_nobody_let_in_and_told_once(
    ward: AccessDoctorScenario,
) -> None:
    town, overseeing = ward.there.town, ward.there.town.bot.services.get(AccessDoctor)
    await ward.look()
    members = ChannelVisibility(town.bot, most=0).see
    another_role_reads(ward)
    not_age_restricted(ward)  # which is for the weekly look

    reports = []
    for _start in range(2):
        await overseeing.look_at_roles(members)
        reports.append([post.title for post in await ward.reports()])
    ward.there.clock.at += 1_000
    ward.forum.overwrites.pop(max(town.guild.roles))
    ward.alerts.overwrites.pop(max(town.guild.roles))
    await overseeing.look_at_roles(members)
    another_role_reads(ward)
    await overseeing.look_at_roles(members)

    told = ["Access doctor: all clear", "1 role reads here without the owner's word"]
    assert reports == [told, told]
    assert [post.title for post in await ward.reports()] == [*told, told[1]]
    assert "but has no grant: add one, or remove it there." in (await ward.reports())[-1].body[0]


async def test_a_first_look_tells_all_and_the_start_tells_nothing_besides(ward: AccessDoctorScenario) -> None:
    another_role_reads(ward)

    await ward.there.town.bot.services.get(AccessDoctor).look_at_roles(
        ChannelVisibility(ward.there.town.bot).see
    )
    before = await ward.reports()
    (report,) = await ward.look()

    assert before == []
    assert report.title == "Access doctor: 1 thing to check"


async def test_the_start_waits_for_discord_and_looks_as_soon_as_it_is_connected(
    ward: AccessDoctorScenario,
) -> None:
    town, rounds = ward.there.town, HeldTaskPauses()
    await ward.look()
    another_role_reads(ward)
    connected: list[bool] = []
    overseeing = town.bot.services.get(AccessDoctor)
    task = tasks.access_task(
        overseeing.look,
        overseeing.look_at_roles,
        ChannelVisibility(town.bot).see,
        ready=lambda: bool(connected),
        sleep=rounds.sleep,
    )
    running = asyncio.create_task(Supervisor([task]).run())
    try:
        await rounds.over.acquire()
        before = len(await ward.reports())
        connected.append(True)
        await rounds.pass_by(1)
        after = len(await ward.reports())
    finally:
        running.cancel()
        await asyncio.wait([running])

    assert (before, after) == (1, 2)
