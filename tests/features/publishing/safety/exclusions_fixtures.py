"""Mass messages that leave fans out: the draft, the list, and who got one."""

import sqlite3
from contextlib import closing

from bot.sandbox.fanvue.people import StandInFan
from bot.sandbox.fanvue.records import CustomListRecord
from tests.features.publishing.drafts.phone_stand_in import PhoneStandIn
from tests.features.publishing.safety.safety_fixtures import send, sent
from tests.proofs.faults.live_bridge import LiveBridge, plain

TALKING, OVER = "Fans in conversation", "Fans over the cap"


def listed(house: LiveBridge, name: str, *fans: StandInFan) -> None:
    """A list of the creator's own."""
    house.stage.fanvue.world.add_list(house.stage.creator, name, list(fans))


async def drafted(phone: PhoneStandIn, text: str, to: str, *leave: str) -> str:
    """Put together with this option, and previewed; what stands there then."""
    began = await phone.mass(text=text)
    if "You have a draft" in began:
        await phone.tap("Start over")
    await phone.fill("Find a list", to=to)
    await phone.tap("Leave out")
    await phone.choose("Who is left out", *leave)
    return await phone.tap("Preview")


async def goes(phone: PhoneStandIn, says: str = "Mass message scheduled for") -> str:
    """Confirmed; what it says in the end: whoever leaves somebody out plans it, so that its count is read."""
    await phone.tap(send(phone))
    await ends(phone, says)
    return plain(phone.message)


async def ends(phone: PhoneStandIn, says: str) -> None:
    """The answer says so."""
    await phone.house.until(lambda: says in plain(phone.message))


async def nobody_is_live(house: LiveBridge) -> None:
    """All conversations ended long ago; no process is there meanwhile."""
    await house.stage.bridge.stop()
    with closing(sqlite3.connect(house.database)) as later, later:
        later.execute(
            "UPDATE talks SET last_in = 1, last_out = 1, waiting_since = NULL, claimed_until = NULL"
        )
    await house.stage.bridge.start()


def got(house: LiveBridge, text: str) -> list[str]:
    """Who got the one mass message with this text."""
    (one,) = sent(house, text)
    return sorted(one["recipients"])


def ids(*fans: StandInFan) -> list[str]:
    """As `got` has them."""
    return sorted(fan.uuid for fan in fans)


def made(house: LiveBridge) -> list[CustomListRecord]:
    """The lists of whom mass messages left out."""
    lists = house.stage.fanvue.world.lists.values()
    return [one for one in lists if one.name.startswith("Left out")]
