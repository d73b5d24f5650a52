"""Under which id the sweeps remember a fan, also one who was forgotten.

What a sweep must know to tell nothing twice (who is subscribed, how far a chat was read) is kept as long
as other keys of repeats. Of a fan who was forgotten it stands under a lasting pseudonym.
"""

from collections.abc import Collection

from bot.engine.pseudonyms import Pseudonyms
from storage.database import Transaction
from storage.people import forgotten_fans
from storage.records import CreatorId, FanId, Millis


async def known_as(tx: Transaction, names: Pseudonyms, creator: CreatorId, fan: FanId) -> FanId:
    """Return their own id; once forgotten, its stand-in."""
    return (await all_known_as(tx, names, creator, [fan]))[fan]


async def all_known_as(
    tx: Transaction, names: Pseudonyms, creator: CreatorId, fans: Collection[FanId]
) -> dict[FanId, FanId]:
    """The same for several fans."""
    found = {fan: fan for fan in fans}
    for fan, name in (await names.lasting_ones(tx, creator, fans)).items():
        if await forgotten_fans.at(tx, creator, FanId(name)) is not None:
            found[fan] = FanId(name)
    return found


async def forgotten_among(
    tx: Transaction, names: Pseudonyms, creator: CreatorId, fans: Collection[FanId]
) -> set[FanId]:
    """Return those of very many fans who were forgotten, as far as still known."""
    called = await names.lasting_ones(tx, creator, fans)
    gone = await forgotten_fans.names(tx, creator) if called else set()
    return {fan for fan, name in called.items() if name in gone}


async def forgotten_at(tx: Transaction, names: Pseudonyms, creator: CreatorId, fan: FanId) -> Millis | None:
    """Return when they were forgotten last, as far as still known."""
    name = (await names.lasting_ones(tx, creator, [fan])).get(fan)
    return await forgotten_fans.at(tx, creator, FanId(name)) if name is not None else None


async def forget(tx: Transaction, names: Pseudonyms, creator: CreatorId, fan: FanId, *, now: Millis) -> None:
    """From now on the sweeps know this fan by another name alone."""
    await forgotten_fans.add(tx, creator, fan, FanId(await names.lasting(tx, creator, fan)), now=now)
