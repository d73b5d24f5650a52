"""People of an agency connect their own accounts, and work through them."""

from typing import Any

from bot.sandbox.browser import Browser
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.oauth import COOKIE as DISCORD_COOKIE
from bot.sandbox.discord.people import DiscordPerson
from bot.sandbox.fanvue.oauth import COOKIE as FANVUE_COOKIE
from bot.sandbox.fanvue.people import StandInFan
from bot.sandbox.fanvue.records import AccountRecord, MessageRecord
from bot.sandbox.play import address_in
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, labels


async def connect(house: LiveBridge, person: DiscordPerson, account: AccountRecord) -> str:
    """The whole of /link, until the bridge says that it is connected; what it said then."""
    stage = house.stage
    answer = await person.slash(stage.guild, stage.lobby, "link")
    await answer.done(PATIENCE)
    async with Browser() as browser:
        browser.remember(stage.discord.url, DISCORD_COOKIE, str(person.user.id))
        browser.remember(stage.fanvue.url, FANVUE_COOKIE, account.uuid)
        page = await browser.visit(address_in(answer.message))
        for button in ("Continue", "Authorize", "Continue to Fanvue", "Allow"):
            page = await browser.press(page, button)
    await answer.until(
        lambda now: now.message is not None and "Yes, connect" in labels(now.message), PATIENCE
    )
    pressed = await person.click(answer.message, "Yes, connect")
    await pressed.until(lambda now: "is connected" in now.text, PATIENCE)
    return pressed.text


async def say(house: LiveBridge, person: DiscordPerson, command: str, **options: Any) -> InteractionAnswer:
    """A command in the lobby, until it is answered."""
    answer = await person.slash(house.stage.guild, house.stage.lobby, command, **options)
    return await answer.done(PATIENCE)


def agency(house: LiveBridge) -> AccountRecord:
    """An agency's account on Fanvue, which manages Luna with every right."""
    stage = house.stage
    return stage.fanvue.world.add_member("agency.one", "Agency", [stage.creator], role="ADMIN")


async def stand_in(house: LiveBridge, account: AccountRecord) -> str:
    """Luna of the Discord server connects an agency's account and stands in for Luna on Fanvue."""
    owner = house.stage.owner
    await connect(house, owner, account)
    asked = await say(house, owner, "account steward", creator=house.stage.creator.handle)
    if asked.message is None or "Yes, stand in" not in str(asked.message.components):
        return asked.text
    pressed = await owner.click(asked.message, "Yes, stand in")
    await pressed.until(lambda now: "You stand in" in now.text, PATIENCE)
    return pressed.text


async def sent(house: LiveBridge, fan: StandInFan, text: str) -> MessageRecord:
    """The one message with this text that the creator's side has sent to a fan."""

    def found() -> list[MessageRecord]:
        return [one for one in fan.bond.messages if one.text == text and not one.from_fan]

    await house.until(lambda: bool(found()) and house.with_words(fan, text) != [])
    await house.shows(fan, "✓ Sent")
    (message,) = found()
    return message


def outcomes(house: LiveBridge, action: str) -> list[str]:
    """What became of the newest act of this kind, in order."""
    (newest,) = house.rows(
        "SELECT id FROM audit WHERE action = ? AND follows IS NULL ORDER BY seq DESC LIMIT 1", action
    )
    rows = house.rows("SELECT outcome FROM audit WHERE follows = ? ORDER BY seq", newest["id"])
    return [str(row["outcome"]) for row in rows]
