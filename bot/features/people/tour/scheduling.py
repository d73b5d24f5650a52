"""Asks for the tour when somebody is let into a team for the first time."""

from bot.access.roles import Permission, RoleGrant
from bot.engine.outbox import EffectRequest, Effects
from bot.engine.streams import tour_stream
from storage.database import Transaction
from storage.records import CreatorId

TOUR = "tour.tell"


class TourScheduler:
    """Hears of every grant, as part of the transaction that makes it."""

    def __init__(self, effects: Effects) -> None:
        self._effects = effects

    async def granted(self, tx: Transaction, creator: CreatorId, grant: RoleGrant) -> None:
        """Once for each member, of however many creators. A role is shown around by the offer of pings."""
        if grant.kind != "member" or Permission.READ not in grant.permissions:
            return
        wanted = EffectRequest(
            network="discord",
            kind=TOUR,
            stream=tour_stream(creator),
            creator=creator,
            cause=f"tour:{grant.subject}",
            part="tell",
            body={"member": grant.subject},
        )
        await self._effects.add(tx, wanted)
