"""A rule's kinds, the port that sends a draft by one, and why a draft stays.

DraftStays    a draft is not sent by a rule; str() says why, for everybody in the creator's channels
"""

from typing import Any, Final, Protocol

from bot.engine.slots import Slot
from bot.model.draft_source import DraftKind
from bot.model.language import msgid
from storage.database import Transaction
from storage.people.draft_rules import DraftRule
from storage.records import DraftId

MOST: Final = 500  # drafts a day
LONGEST_WAIT: Final = 120  # minutes
USUAL_WAIT: Final = 5
KINDS: Final = {  # in the order in which people read them; new ones come last, as buttons count them
    DraftKind.REPLY: msgid("Replies"),
    DraftKind.MASS_MESSAGE: msgid("Mass messages"),
    DraftKind.POST: msgid("Posts"),
    DraftKind.TEMPLATE: msgid("Templates"),
}


class DraftStays(Exception):
    """Raised with a sentence; nothing was done, and the draft waits for a person as any other."""


class DraftRuleSender(Protocol):
    """Sends drafts of one kind in an owner's name."""

    @property
    def kind(self) -> DraftKind: ...

    async def prepare(self, ref: DraftId) -> Any:
        """Look up on Fanvue what `send` needs. Raises DraftStays."""

    async def send(self, tx: Transaction, ref: DraftId, rule: DraftRule, prepared: Any) -> None:
        """Do all that presses would do, with all checks, and `permit_by_rule`. Raises DraftStays."""

    async def stays(self, tx: Transaction, ref: DraftId, why: str) -> None:
        """Its line shows that a person has to send it. `why`: '' where somebody took it up."""


DRAFT_RULE_SENDERS = Slot[DraftRuleSender]("who sends drafts of one kind by a rule")
