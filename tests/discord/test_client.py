"""The real client on a real gateway: coming, dropping, coming back."""

import asyncio
import gc
import logging
import random

import aiohttp
import discord
import pytest

from bot.discord.client import point_at
from bot.discord.gateway import GatewayFailed, GatewayState, GatewaySupervisor
from bot.discord.identify_budget import DAY, DailyIdentifyBudget
from bot.engine.clock import SystemClock
from bot.model.errors import DeliveryFailed
from bot.sandbox.discord.server import DiscordServer
from bot.sandbox.free_ports import free_port
from tests.discord.desk import Desk
from tests.discord.discord_test_server import (
    TOKEN,
    DiscordTestServer,
    SupervisorReports,
    connected,
    furnish,
    make_bot,
    supervisor,
)


def test_no_privileged_intent_is_asked_for_and_nothing_is_cached() -> None:
    bot = make_bot(Desk(), SupervisorReports())

    assert [name for name, wanted in bot.intents if wanted] == ["guilds", "guild_messages"]
    assert bot.allowed_mentions is not None
    assert dict(bot.allowed_mentions.to_dict()) == {"parse": []}
    assert bot._connection._messages is None
    assert bot._connection.member_cache_flags == discord.MemberCacheFlags.none()


async def test_a_first_connection_that_is_refused_does_not_kill_the_bot() -> None:
    told = SupervisorReports()
    async with DiscordServer() as server:
        point_at(server.api_url, server.gateway_url)
        furnish(server)
        server.faults.refuse_gateway()
        async with connected(make_bot(Desk(), told), told):
            assert told.states.count(GatewayState.CONNECTING) == 2
    assert told.sentences == ["Can't reach Discord; trying again."]


async def test_a_dropped_gateway_is_reported_and_resumed_with_no_command_lost(
    town: DiscordTestServer,
) -> None:
    town.server.faults.drop_gateway()
    answer = await town.maya.slash(town.guild, town.lobby, "account show")
    await answer.done()

    assert "no Fanvue account" in answer.text
    assert GatewayState.DROPPED in town.told.states
    await town.told.until(GatewayState.READY, times=2)


async def test_the_bridge_is_not_ready_before_discord_was_told_the_commands() -> None:
    told = SupervisorReports()
    async with DiscordServer() as server:
        point_at(server.api_url, server.gateway_url)
        furnish(server)
        bot = make_bot(Desk(), told)
        async with connected(bot, told):
            before = await bot.offers_commands()
            hold = server.faults.hold("PUT", "/applications/")
            telling = asyncio.create_task(bot.sync_commands(None))
            await hold.reached()
            meanwhile = await bot.offers_commands()
            hold.release()
            await telling
            afterwards = await bot.offers_commands()

    assert before == meanwhile
    assert before is not None
    assert "commands" in before
    assert afterwards is None


async def test_the_commands_of_an_older_program_are_enough_to_be_ready() -> None:
    told = SupervisorReports()
    async with DiscordServer() as server:
        point_at(server.api_url, server.gateway_url)
        furnish(server)
        bot = make_bot(Desk(), told)
        async with connected(bot, told):
            server.faults.fail("PUT", "/applications/", times=10)
            bot.offered("of an older program")
            with pytest.raises(DeliveryFailed):
                await bot.sync_commands("of an older program")

            assert await bot.offers_commands() is None


async def test_a_session_that_was_forgotten_begins_anew(town: DiscordTestServer) -> None:
    town.server.faults.invalidate_gateway()

    await town.told.until(GatewayState.READY, times=2)
    answer = await town.maya.slash(town.guild, town.lobby, "account show")
    await answer.done()
    assert answer.state == "shown"


async def test_a_wrong_token_stops_it_with_a_sentence_for_the_operator() -> None:
    told = SupervisorReports()
    async with DiscordServer() as server:
        point_at(server.api_url, server.gateway_url)
        bot = make_bot(Desk(), told)
        async with bot:
            with pytest.raises(GatewayFailed, match="DISCORD_TOKEN"):
                await supervisor(bot, told).run()
    assert told.states == [GatewayState.FAILED]


async def test_every_identify_is_counted_and_a_spent_budget_opens_no_connection(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    told = SupervisorReports()
    slept: list[float] = []
    kept: list[list[int]] = []
    stopped = asyncio.Event()

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        stopped.set()
        await asyncio.Event().wait()

    budget = DailyIdentifyBudget(clock=SystemClock(), keep=kept.append, per_day=1)
    async with DiscordServer() as server:
        point_at(server.api_url, server.gateway_url)
        furnish(server)
        async with make_bot(Desk(), told, budget=budget) as bot:
            rng = random.Random(1)  # noqa: S311 - jitter, not a secret
            gateway = GatewaySupervisor(
                client=bot, token=TOKEN, budget=budget, report=told, rng=rng, sleep=sleep
            )
            running = asyncio.create_task(gateway.run())
            await told.until(GatewayState.READY)
            server.faults.invalidate_gateway()
            await told.until(GatewayState.WAITING)
            await stopped.wait()
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
    assert len(kept[-1]) == 1
    assert DAY / 1000 - 60 < slept[0] <= DAY / 1000
    assert TOKEN not in caplog.text


async def test_commands_are_told_to_discord_only_when_they_changed(town: DiscordTestServer) -> None:
    told = town.server.ledger
    known, before = town.bot.registration.fingerprint(), told.count("commands")

    assert await town.bot.sync_commands(known) == known
    assert told.count("commands") == before

    assert await town.bot.sync_commands("of an older program") == known
    assert told.count("commands") == before + 1


async def test_for_the_demo_commands_go_to_one_server_at_once() -> None:
    told = SupervisorReports()
    async with DiscordServer() as server:
        point_at(server.api_url, server.gateway_url)
        guild, lobby, _ = furnish(server)
        bot = make_bot(Desk(), told, guild_ids=[guild.id])
        async with connected(bot, told):
            await bot.sync_commands(None)
            answer = await server.person(guild.owner_id).slash(guild, lobby, "account show")
            await answer.done()
    assert [entry.data["guild_id"] for entry in server.ledger.of("commands")] == [guild.id]
    assert server.contract_errors == []


async def test_tries_to_sign_in_while_the_network_is_away_leave_no_session_open(
    caplog: pytest.LogCaptureFixture,
) -> None:
    nobody = f"http://127.0.0.1:{free_port()}"
    point_at(nobody)
    bot = make_bot(Desk(), SupervisorReports())

    async with bot:
        for _ in range(3):
            with pytest.raises(aiohttp.ClientConnectorError):
                await bot.login("a token")
        async with DiscordServer() as server:
            furnish(server)
            point_at(server.api_url, server.gateway_url)
            await bot.login(TOKEN)
            signed_in = bot.user is not None
    gc.collect()

    assert signed_in
    assert "Unclosed" not in caplog.text
