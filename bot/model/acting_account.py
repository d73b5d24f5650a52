"""Through whose Fanvue account a call about a creator goes."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from bot.model.errors import DeliveryFailed
from bot.model.language import msgid
from storage.database import Transaction
from storage.records import CreatorId, DiscordId, Effect, EffectId, Link, LinkId


@dataclass(frozen=True)
class CallAccount:
    """The sign-in that a call uses. `managed`: the creator whom that account manages; None: its own."""

    link: LinkId
    managed: CreatorId | None = None


NEEDS_OWN = msgid(
    "This needs the creator's own link: Fanvue does not offer it to people who manage a "
    "creator. The creator connects it with /link."
)
CANNOT_WRITE = msgid(
    "Fanvue doesn't let anyone write to this fan: the account is gone, has blocked you, "
    "or follows without a subscription."
)
_AS = "as "
ANOTHER_WAY = msgid("The member's own account can't do this now, so we use the creator's.")
# Whose account speaks for a creator by itself; it may raise TryLater(paused=True).
Identity = Callable[[CreatorId], Awaitable[CallAccount]]


def voice_of(link: Link) -> CallAccount:
    """The account behind a creator's link: the creator's own, or that of its stand-in."""
    return CallAccount(link.id) if link.via is None else CallAccount(link.via, link.creator)


def is_way(outcome: str) -> bool:
    """Whether a later line of the audit says through whose account an act goes, and not what became of it."""
    return outcome.startswith(_AS)


class ActingAccountChooser(Protocol):
    """Chooses for what a member has done whether it goes through their own account (decision 25)."""

    async def choose(
        self, tx: Transaction, effect: Effect, actor: DiscordId | None, operation: str | None
    ) -> None:
        """Decide and write down, before an attempt begins. `operation` None: no manager is offered it."""

    async def chosen(self, effect: EffectId) -> CallAccount | None:
        """The last decision; None: the account that acts for the creator by itself."""

    async def elsewhere(self, creator: CreatorId, voice: CallAccount | None, failed: DeliveryFailed) -> bool:
        """Whether to repeat an attempt, surely not carried out, through another account."""


class OwnAccountOnly:
    """Sends everything through the creator's own account: the rule where no member has one."""

    async def choose(
        self, _tx: Transaction, _effect: Effect, _actor: DiscordId | None, _operation: str | None, /
    ) -> None:
        """Nothing to choose from."""

    async def chosen(self, _effect: EffectId, /) -> CallAccount | None:
        return None

    async def elsewhere(
        self, _creator: CreatorId, _voice: CallAccount | None, _failed: DeliveryFailed, /
    ) -> bool:
        return False
