"""The soak hears of every call that was one too many, and says which."""

from pathlib import Path

import aiohttp

from bot.sandbox.discord.standalone import TOKEN
from tests.proofs.soak.refusal_report import refused, too_many
from tests.proofs.soak.soak_scenario import built
from tests.warm_bridge import WarmProgram


async def test_a_call_too_many_is_told_by_its_route_and_an_ordered_one_is_not(tmp_path: Path) -> None:
    async with built(tmp_path, speed=10, seed=1, houses=1, fans=1, program=WarmProgram) as town:
        channel = next(iter(town.discord.world.channels))
        path = f"/channels/{channel}/messages"
        town.discord.faults.rate_limit("POST", f"{path}$", retry_after=0.1)
        async with aiohttp.ClientSession(headers={"Authorization": f"Bot {TOKEN}"}) as session:
            for number in range(7):
                await session.post(f"{town.discord.api_url}{path}", json={"content": str(number)})

        assert list(refused(town)) == [f"Discord, the limit of its route: POST {path}"]
        assert too_many(town) == 1
        assert too_many(town, since=len(town.discord.ledger)) == 0
