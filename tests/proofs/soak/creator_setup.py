"""Opens a house: the owner makes her channels and links her account in a browser."""

import asyncio

import aiohttp

from bot.sandbox.browser import Browser, NoSuchButton
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.client_input import NotPossible
from bot.sandbox.discord.model import StandInMessage, walk
from bot.sandbox.discord.oauth import COOKIE as DISCORD_COOKIE
from bot.sandbox.fanvue.oauth import COOKIE as FANVUE_COOKIE
from bot.sandbox.program import ProgramFailed
from tests.proofs.soak import bridge_ledger
from tests.proofs.soak.soak_scenario import SoakCreator, SoakScenario

_PATIENCE = 20.0
_TRIES = 5


class SetupNotSeen(AssertionError):
    """Raised when an owner did not see what she should have seen."""


# What people meet when the bridge dies under their hands.
INTERRUPTED = (NotPossible, NoSuchButton, SetupNotSeen, TimeoutError, aiohttp.ClientError, ProgramFailed)


async def open_house(town: SoakScenario, house: SoakCreator) -> None:
    """From here on her fans' messages arrive."""
    answer = await _asked(house, "setup", team=house.team.id, **{"creator-name": house.name})
    _expect("Fans will write in" in answer.text, f"/setup: {answer.text or answer.state}")
    await link(town, house)


async def sign_in_again(town: SoakScenario) -> None:
    """Owners whom the bridge asks to: a refresh that was cut twice needs them (R11)."""
    for creator in await asyncio.to_thread(bridge_ledger.signed_out, town.database):
        await link(town, next(house for house in town.houses if house.creator.uuid == creator))


async def link(town: SoakScenario, house: SoakCreator) -> None:
    """The whole way through the browser, and her Yes in Discord."""
    answer = await _asked(house, "link")
    async with Browser() as browser:
        browser.remember(town.discord.url, DISCORD_COOKIE, str(house.owner.user.id))
        browser.remember(town.fanvue.url, FANVUE_COOKIE, house.creator.uuid)
        page = await browser.visit(_address(answer.message))
        for label in ("Continue", "Authorize", "Continue to Fanvue", "Allow"):
            page = await browser.press(page, label)
    await answer.until(lambda now: "Yes, connect" in labels(now.message), _PATIENCE)
    pressed = await house.owner.click(answer.message, "Yes, connect")
    await pressed.until(lambda now: "is connected" in now.text, _PATIENCE)


async def _asked(house: SoakCreator, command: str, **values: object) -> InteractionAnswer:
    """Who is told that it failed asks again: divided, Discord's three seconds are short on a busy machine."""
    for _ in range(_TRIES):
        answer = await house.owner.slash(house.guild, house.lobby, command, **values)
        await answer.done(_PATIENCE)
        if answer.state != "failed":
            break
    return answer


def labels(message: StandInMessage | None) -> list[str]:
    """What the buttons of a message say."""
    return [str(component.get("label")) for component in walk(message.components if message else [])]


def _address(message: StandInMessage | None) -> str:
    for component in walk(message.components if message else []):
        if component.get("url"):
            return str(component["url"])
    raise SetupNotSeen("the answer to /link has no link")


def _expect(true: bool, otherwise: str) -> None:  # noqa: FBT001 - it reads as a sentence
    if not true:
        raise SetupNotSeen(otherwise)
