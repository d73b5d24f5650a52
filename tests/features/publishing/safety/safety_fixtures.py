"""A list of three fans, whoever writes to them, and what they are told."""

import re

from bot.sandbox.discord.model import StandInMessage, walk
from bot.sandbox.discord.people import DiscordPerson
from bot.sandbox.fanvue.ledger import FanvueLedgerEntry
from tests.features.publishing.drafts.phone_stand_in import PhoneStandIn
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, labels, plain

ASKS = "Ask for a second confirmation"


async def limits(house: LiveBridge, by: str = "", **options: str) -> str:
    """/mass limits; what it answers."""
    stage = house.stage
    who = stage.members[by] if by else stage.owner
    answer = await who.slash(stage.guild, stage.lobby, "mass limits", **options)
    return (await answer.done(PATIENCE)).text


def sent(house: LiveBridge, text: str) -> list[FanvueLedgerEntry]:
    """The mass messages with this text that Fanvue has accepted."""
    return [one for one in house.stage.fanvue.ledger.of("mass") if one["text"] == text]


def send(phone: PhoneStandIn) -> str:
    """The label of the button that sends it, or that has a second person asked."""
    return next(label for label in labels(phone.message) if label.startswith(("Send", ASKS)))


async def until_sent(house: LiveBridge, phone: PhoneStandIn) -> None:
    """The answer says so."""
    await house.until(lambda: "Mass message sent to 3 fans" in plain(phone.message))


async def confirmed(phone: PhoneStandIn, text: str, says: str) -> str:
    """Previewed, and the button pressed; what stands there then."""
    await phone.mass(to="Trio", text=text)
    await phone.tap(send(phone))
    await phone.house.until(lambda: says in plain(phone.message))
    return plain(phone.message)


def time_in(text: str) -> int:
    """The first moment that a text names, in seconds."""
    found = re.search(r"<t:(\d+)", text)
    assert found is not None, text
    return int(found[1])


async def runs(who: DiscordPerson, house: LiveBridge, command: str, **options: object) -> str:
    """A command of somebody's; what it answers."""
    answer = await who.slash(house.stage.guild, house.stage.lobby, command, **options)
    return (await answer.done(PATIENCE)).text


async def presses(who: DiscordPerson, message: StandInMessage, label: str) -> str:
    """Somebody presses a button; what they are told privately."""
    return (await (await who.click(message, label)).done(PATIENCE)).text


async def alert(phone: PhoneStandIn, begins: str) -> StandInMessage:
    """The line of the alerts channel that has the same button as what the phone shows."""
    (wanted,) = _buttons(phone.message, begins)

    def found() -> list[StandInMessage]:
        return [one for one in phone.house.reports() if wanted in _buttons(one, begins)]

    await phone.house.until(lambda: bool(found()))
    return found()[0]


def _buttons(message: StandInMessage, begins: str) -> list[str]:
    ids = [str(part.get("custom_id")) for part in walk(message.components)]
    return [one for one in ids if one.startswith(f"v1:{begins}:")]


async def may_send(house: LiveBridge, name: str) -> None:
    """The owner makes somebody a manager."""
    await _team(house, "grant", to=house.stage.members[name].user.id, role="manager")


async def may_not_send(house: LiveBridge, name: str) -> None:
    """The owner takes it away again."""
    await _team(house, "revoke", **{"from": house.stage.members[name].user.id})


async def _team(house: LiveBridge, what: str, **options: object) -> None:
    """It is asked about, unless it is so already."""
    stage = house.stage
    answer = await stage.owner.slash(stage.guild, stage.lobby, f"team {what}", **options)
    shown = (await answer.done(PATIENCE)).message
    assert shown is not None
    if "Yes, do it" in labels(shown):
        await stage.owner.click(shown, "Yes, do it")
        await house.until(lambda: "Yes, do it" not in labels(shown))


async def asked(phone: PhoneStandIn, text: str) -> StandInMessage:
    """Confirmed by the first person; the line by which a second one is asked."""
    await confirmed(phone, text, "waiting for a second person")
    world, (wanted,) = phone.house, _buttons(phone.message, "second.no")
    look = wanted.replace("second.no", "second.look")

    def found() -> list[StandInMessage]:
        return [one for one in world.reports() if look in _buttons(one, "second.look")]

    await world.until(lambda: bool(found()))
    return found()[0]


async def looks(who: DiscordPerson, line: StandInMessage) -> StandInMessage:
    """What somebody is shown privately who looks at it."""
    answer = await (await who.click(line, "Review it")).done(PATIENCE)
    assert answer.ephemeral
    assert answer.message is not None
    return answer.message
