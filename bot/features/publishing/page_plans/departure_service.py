"""What a member planned on the web page ends with their place in the team."""

from collections.abc import Sequence

from bot.features.inbox.program_drafts.model import DraftOutcome
from bot.features.operations.channel_drafts.records import ChannelDraftRecords
from bot.features.people.offboarding.parts import TeamDeparture
from storage.database import Transaction

_CLOSED = ("open", "removed")  # all that they have open is closed with the grant, and counted there


class PagePlanDeparture:
    """The lines say so; their buttons do nothing any more."""

    def __init__(self, records: ChannelDraftRecords) -> None:
        self._records = records

    async def end(self, tx: Transaction, parting: TeamDeparture) -> Sequence[str]:
        """Nothing more to tell: the part before has counted them."""
        for row in await self._records.of_member(tx, parting.member.user, parting.creator):
            if row.state in _CLOSED and row.target != "{}":
                await self._records.say_end(tx, row, DraftOutcome.EXPIRED)
        return []
