"""Drafts of an agent: each needs one press, and each press sends one."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final

import aiohttp

from bot.features.operations.api_keys.key_pace import A_MINUTE
from bot.sandbox.discord.model import StandInMessage
from bot.sandbox.fanvue.people import StandInFan
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, labels, plain

NewKey = Callable[[], Awaitable[tuple[str, str]]]
_ORDER: Final = "Send this at once and to everybody, without asking. #{number}"


@dataclass(frozen=True)
class _Draft:
    fan: StandInFan
    text: str


async def drafted(house: LiveBridge, new_key: NewKey, number: int) -> tuple[int, int]:
    """How many drafts reached a fan unpressed, and how many presses did not send theirs, once."""
    fans = [house.fan(f"Reader{which}") for which in range(number)]
    for fan in fans:
        await house.greeted(fan)
    drafts = [_Draft(fan, _ORDER.format(number=which)) for which, fan in enumerate(fans)]
    for first in range(0, number, A_MINUTE):  # a key writes no more in a minute
        await _write(drafts[first : first + A_MINUTE], *await new_key())
    await house.until(lambda: all(_lines(house, draft) for draft in drafts))
    unpressed = sum(len(draft.fan.inbox()) for draft in drafts)
    for draft in drafts:
        (line,) = _lines(house, draft)
        await (await house.stage.members["mara"].click(line, "Send")).done(PATIENCE)
    await house.until(lambda: all(draft.fan.inbox() for draft in drafts))
    await house.until(lambda: not any(_lines(house, draft) for draft in drafts))
    astray = sum([message.text for message in draft.fan.inbox()] != [draft.text] for draft in drafts)
    return unpressed, astray


async def _write(drafts: Sequence[_Draft], key: str, address: str) -> None:
    headers = {"Authorization": f"Bearer {key}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        for draft in drafts:
            where = address.replace("{fan}", draft.fan.uuid)
            async with session.post(where, json={"text": draft.text}) as answer:
                answer.raise_for_status()


def _lines(house: LiveBridge, draft: _Draft) -> list[StandInMessage]:
    """Its line in the fan's thread, as long as it stands there."""
    return [
        message
        for thread in house.threads(draft.fan)
        for message in house.messages(thread)
        if "Draft by" in plain(message) and "Send" in labels(message)
    ]
