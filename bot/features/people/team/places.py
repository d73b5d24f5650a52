"""The servers of a creator, and the sides for which somebody may speak there.

The owner speaks for the creator, wherever they are; a person with Manage Server speaks for that server.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.access.permits import Actor
from bot.engine.derived_ids import DerivedIds
from storage.database import Transaction
from storage.people import consents, creators
from storage.people.consents import ServerConsent, Side
from storage.records import CreatorId, DiscordId, Reference

OWNER: Side = "owner"
SERVER: Side = "server"


@dataclass(frozen=True)
class TeamPlace:
    """One creator on one server, as somebody who may speak for a side of it sees it."""

    ref: Reference  # names it in a button and in a choice
    creator: CreatorId
    guild: DiscordId
    handle: str
    sides: tuple[Side, ...]  # for which the person may speak, the owner's first
    said: tuple[ServerConsent, ...]  # what both sides said last
    here: bool  # whether it is the server on which the person is now

    def holds(self, side: str) -> bool:
        """Whether this side says yes now."""
        return any(word.side == side and word.withdrawn_at is None for word in self.said)

    def taken_back(self, side: str) -> bool:
        """Whether this side said yes once and does so no more."""
        return any(word.side == side and word.withdrawn_at is not None for word in self.said)

    @property
    def next_to_leave(self) -> Side | None:
        """The side whose word the person takes back next; None: there is none left to take back."""
        return next((side for side in self.sides if self.holds(side)), None)

    @property
    def there(self) -> bool:
        """Whether the creator is there: both sides say so."""
        return self.holds(OWNER) and self.holds(SERVER)


async def places_of(tx: Transaction, ids: DerivedIds, actor: Actor) -> list[TeamPlace]:
    """Every place about which this person may speak, their own creators' first."""
    sides: dict[tuple[CreatorId, DiscordId], list[Side]] = {}
    for link in await creators.links_of(tx, actor.user):
        for guild in await consents.places(tx, link.creator):
            sides.setdefault((link.creator, guild), []).append(OWNER)
    if actor.manages and actor.guild is not None:
        for creator in await consents.guests(tx, actor.guild):
            sides.setdefault((creator, actor.guild), []).append(SERVER)
    found = []
    for (creator, guild), held in sides.items():
        known = await creators.get(tx, creator)
        found.append(
            TeamPlace(
                ref=ids.place(creator, guild),
                creator=creator,
                guild=guild,
                handle=known.handle if known is not None else "",
                sides=tuple(held),
                said=tuple(await consents.about(tx, creator, guild)),
                here=guild == actor.guild,
            )
        )
    return found


def named(found: Sequence[TeamPlace], wanted: str | None) -> list[TeamPlace]:
    """Those that are meant by a choice, or by a handle that was typed; without either, all of them."""
    if wanted is None:
        return list(found)
    handle = wanted.strip().lstrip("@").casefold()
    return [place for place in found if place.ref == wanted or place.handle.casefold() == handle]
