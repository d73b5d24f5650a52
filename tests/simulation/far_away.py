"""What befalls both networks, and forgers: each tells what must not be."""

import asyncio
import random
import re
from collections.abc import Awaitable, Callable, Mapping

import aiohttp

from bot.sandbox.discord import active_threads
from bot.sandbox.fanvue.default_world import WEBHOOK_SECRET
from bot.sandbox.fanvue.faults import Kind
from bot.sandbox.fanvue.webhooks import signature
from tests.proofs.soak.soak_scenario import SoakScenario

Deed = Callable[[SoakScenario, random.Random], Awaitable[list[str]]]

_NOWHERE = re.compile("(?!)")
_UNSIGNED, _TOO_BIG = 401, 413
_LARGEST = 256 * 1024
_TOO_OLD = 301
_COIN = 0.5


# ── Fanvue ──


async def _forged(town: SoakScenario, dice: random.Random) -> list[str]:
    at = int(town.fanvue.world.now().timestamp())
    wrong = signature("whsec_of_nobody", b"{}", at)
    return await _refused(town, b"{}", dice.choice(({}, {"X-Fanvue-Signature": wrong})), _UNSIGNED)


async def _stale(town: SoakScenario, dice: random.Random) -> list[str]:
    off = dice.choice((-1, 1)) * (_TOO_OLD + 60)
    at = int(town.fanvue.world.now().timestamp()) + off
    return await _refused(
        town, b"{}", {"X-Fanvue-Signature": signature(WEBHOOK_SECRET, b"{}", at)}, _UNSIGNED
    )


async def _too_big(town: SoakScenario, dice: random.Random) -> list[str]:
    body = b"{" + b" " * dice.randrange(_LARGEST, 2 * _LARGEST) + b"}"
    at = int(town.fanvue.world.now().timestamp())
    return await _refused(town, body, {"X-Fanvue-Signature": signature(WEBHOOK_SECRET, body, at)}, _TOO_BIG)


async def _refused(town: SoakScenario, body: bytes, headers: Mapping[str, str], status: int) -> list[str]:
    async with aiohttp.ClientSession() as session:
        try:
            async with session.post(
                f"{town.public_url}/webhooks/fanvue",
                data=body,
                headers={"Content-Type": "application/json", **headers},
            ) as answer:
                told = answer.status
        except aiohttp.ClientError:  # nobody is there
            return []
    return [] if told == status else [f"a webhook was answered with {told}, not with {status}"]


async def _many_times(town: SoakScenario, dice: random.Random) -> list[str]:
    town.fanvue.faults.webhooks.duplicate_next += dice.randrange(5, 40)
    return []


async def _reversed(town: SoakScenario, dice: random.Random) -> list[str]:
    town.fanvue.faults.webhooks.reorder_next = dice.randrange(4, 12)
    return []


async def _silence(town: SoakScenario, dice: random.Random) -> list[str]:
    webhooks = town.fanvue.faults.webhooks
    webhooks.off = True
    await asyncio.sleep(dice.uniform(60, 400))
    webhooks.off = False
    return []


async def _fanvue_down(town: SoakScenario, dice: random.Random) -> list[str]:
    town.fanvue.faults.down = True
    await asyncio.sleep(dice.uniform(1, 90))
    town.fanvue.faults.down = False
    return []


async def _fanvue_refuses(town: SoakScenario, dice: random.Random) -> list[str]:
    await town.fanvue.refuse()
    await asyncio.sleep(dice.uniform(1, 90))
    await town.fanvue.accept()
    return []


async def _told_to_wait(town: SoakScenario, dice: random.Random) -> list[str]:
    town.fanvue.faults.add("too_many", count=dice.randrange(1, 6), retry_after=dice.randrange(1, 40))
    return []


async def _broken(town: SoakScenario, dice: random.Random) -> list[str]:
    town.fanvue.faults.add("broken_json", count=dice.randrange(1, 6))
    return []


async def _answers_lost(town: SoakScenario, dice: random.Random) -> list[str]:
    """Of the very next sends: carried out, and nobody hears of it."""
    town.fanvue.faults.add("lose_answer", "POST", "/message", count=dice.randrange(1, 4))
    return []


async def _sent_late(town: SoakScenario, dice: random.Random) -> list[str]:
    town.fanvue.faults.add(
        "execute_late", "POST", "/message", count=dice.randrange(1, 3), seconds=dice.uniform(1, 27)
    )
    return []


async def _mass_lost(town: SoakScenario, dice: random.Random) -> list[str]:
    kind: Kind = "lose_answer" if dice.random() < _COIN else "error_after"
    town.fanvue.faults.add(kind, "POST", "/(mass-messages|posts)")
    return []


async def _expired(town: SoakScenario, dice: random.Random) -> list[str]:
    town.fanvue.world.tokens.expire_access(dice.choice(town.houses).creator.uuid)
    return []


async def _refresh_lost(town: SoakScenario, dice: random.Random) -> list[str]:
    for _ in range(dice.randrange(1, 3)):
        town.fanvue.faults.add("lose_answer", "POST", "/oauth2/token")
    for house in town.houses:
        town.fanvue.world.tokens.expire_access(house.creator.uuid)
    return []


async def _disconnected(town: SoakScenario, dice: random.Random) -> list[str]:
    town.fanvue.world.tokens.disconnect(dice.choice(town.houses).creator.uuid)
    return []


# ── Discord ──


async def _gateway(town: SoakScenario, dice: random.Random) -> list[str]:
    faults = town.discord.faults
    match dice.randrange(5):
        case 0:
            faults.drop_gateway()
        case 1:
            faults.drop_gateway(4000)
        case 2:
            faults.reconnect_gateway()
        case 3:
            faults.invalidate_gateway(resumable=dice.random() < _COIN)
        case _:
            faults.forget_sessions()
            faults.refuse_gateway(dice.randrange(1, 4))
            faults.drop_gateway()
    return []


async def _archived(town: SoakScenario, dice: random.Random) -> list[str]:
    world = town.discord.world
    for thread in world.threads(dice.choice(town.houses).guild.id):
        if thread.thread is not None and not thread.thread.archived and dice.random() < _COIN:
            active_threads.flip(world, thread, thread.thread, archived=True)
            active_threads.tell(world, thread)
    return []


async def _posts_lost(town: SoakScenario, dice: random.Random) -> list[str]:
    faults, often = town.discord.faults, dice.randrange(1, 5)
    which = dice.choice(("/messages$", "/threads$"))
    if dice.random() < _COIN:
        faults.lose_answer("POST", which, often)
    else:
        faults.late("POST", which, dice.uniform(0.2, 27), often)
    return []


async def _edits_late(town: SoakScenario, dice: random.Random) -> list[str]:
    town.discord.faults.late("PATCH", "/messages/", dice.uniform(0.2, 27), dice.randrange(1, 5))
    return []


async def _late_answer(town: SoakScenario, dice: random.Random) -> list[str]:
    town.discord.faults.delay("POST", "/interactions/", dice.uniform(2.5, 4), dice.randrange(1, 4))
    return []


async def _everywhere(town: SoakScenario, dice: random.Random) -> list[str]:
    town.discord.faults.rate_limit("*", "", dice.uniform(0.2, 5), dice.randrange(1, 4), everywhere=True)
    return []


async def _discord_down(town: SoakScenario, dice: random.Random) -> list[str]:
    fault = town.discord.faults.fail("*", "", 503, 1_000_000)
    await asyncio.sleep(dice.uniform(1, 90))
    fault.times, fault.path = 0, _NOWHERE
    return []


FAR_AWAY: Mapping[str, Deed] = {
    "A1 forged": _forged,
    "A2 stale": _stale,
    "A5 too big": _too_big,
    "A3 many times": _many_times,
    "A11 webhooks silent": _silence,
    "B3 reversed": _reversed,
    "C1 broken answer": _broken,
    "C1 C2 answers lost": _answers_lost,
    "C3 sent late": _sent_late,
    "C4 Fanvue down": _fanvue_down,
    "C4 Fanvue refuses": _fanvue_refuses,
    "C4 told to wait": _told_to_wait,
    "C9 mass lost": _mass_lost,
    "D1 D2 posts lost": _posts_lost,
    "D1 edits late": _edits_late,
    "D3 archived": _archived,
    "D6 gateway lost": _gateway,
    "D7 first answer late": _late_answer,
    "D8 Discord says wait": _everywhere,
    "D9 Discord down": _discord_down,
    "E1 C5 token expired": _expired,
    "E2 refresh lost": _refresh_lost,
    "E3 disconnected": _disconnected,
}
