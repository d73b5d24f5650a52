"""Through whose account a deed goes: the member's own, else the creator's."""

from bot.fanvue.errors import ObjectNotFound, ScopeMissing, TokenUnauthorized
from bot.fanvue.operations import NO_TWIN, OPERATIONS
from bot.features.people.agency.managed_creators import ManagedCreatorReader
from bot.model.acting_account import CallAccount, voice_of
from bot.model.errors import DeliveryFailed, TargetGone, TryLater
from bot.model.language import msgid
from bot.relay.context import Context
from storage.database import Transaction
from storage.people import acting_accounts, creators, managed_creators
from storage.people.acting_accounts import AttemptAccount
from storage.people.managed_creators import ManagingAccount
from storage.records import CreatorId, DiscordId, Effect, EffectId, Link, LinkKind, LinkState

# Kept in the audit as they are, and said in the reader's language where it is read.
OWN = msgid("as @{handle}'s own account")
THE_CREATORS = msgid("as the creator's account")
NOT_OFFERED = msgid("as the creator's account: Fanvue doesn't offer this to anyone who manages a creator")
STANDING_IN = msgid("as the account that stands in for the creator's owner")


def needed(operation: str) -> frozenset[str] | None:
    """The scopes with which a manager's account can do this; None where Fanvue offers it to no manager."""
    row = OPERATIONS[operation]
    if row.twin == NO_TWIN or row.unversioned is None:
        return None
    return row.scopes | row.twin_scopes


class ManagerAccountChooser:
    """Implements `bot.model.acting_account.ActingAccountChooser`. The choice is made when an attempt begins,
    in that commit.
    """

    def __init__(self, ctx: Context, *, reaching: ManagedCreatorReader) -> None:
        self._ctx = ctx
        self._reaching = reaching

    async def choose(
        self, tx: Transaction, effect: Effect, actor: DiscordId | None, operation: str | None
    ) -> None:
        """Decide and write down, also in the audit, before an attempt begins."""
        base = await creators.open_link(tx, effect.creator)
        scopes = needed(operation) if operation is not None else None
        ways = await self._ways(tx, effect.creator, actor, base)
        way = next((way for way in ways if scopes is not None and scopes <= set(way.scopes.split())), None)
        if way is not None:
            voice, words = CallAccount(way.link, effect.creator), OWN.format(handle=way.handle)
        elif base is not None and base.state is LinkState.ACTIVE:
            voice, words = voice_of(base), _words(base, passed_over=bool(ways) and scopes is None)
        else:
            return  # nobody can speak now: the attempt will say what a person has to do
        chosen = AttemptAccount(voice.link, voice.managed)
        await acting_accounts.choose(tx, effect.id, chosen, now=self._ctx.clock.now())
        await self._ctx.trail.went(tx, effect, words)

    async def chosen(self, effect: EffectId) -> CallAccount | None:
        chosen = await self._ctx.database.read(lambda tx: acting_accounts.get(tx, effect))
        return CallAccount(chosen.link, chosen.managed) if chosen is not None else None

    async def elsewhere(self, creator: CreatorId, voice: CallAccount | None, failed: DeliveryFailed) -> bool:
        """Whether the account was the reason, so that another one is taken for the next attempt."""
        denied, missing = _at_fault(failed)
        if voice is None or voice.managed is None or not (denied or missing):
            return False
        base = await self._ctx.database.read(lambda tx: creators.open_link(tx, creator))
        if missing:
            # It is the chat that is gone, unless Fanvue no longer lists the creator for this account.
            link = await self._ctx.database.read(lambda tx: creators.link(tx, voice.link))
            if link is not None and await self._reaching.look(link):
                return not await self._ctx.database.read(
                    lambda tx: managed_creators.has(tx, voice.link, creator)
                )
            return False
        if base is not None and voice_of(base) == voice:
            return False  # nobody else can speak: a person has to help
        now = self._ctx.clock.now()
        await self._ctx.database.write(lambda tx: managed_creators.deny(tx, voice.link, creator, now=now))
        return True

    async def _ways(
        self, tx: Transaction, creator: CreatorId, actor: DiscordId | None, base: Link | None
    ) -> list[ManagingAccount]:
        if actor is None or (base is not None and base.kind is LinkKind.OWN and base.discord_user == actor):
            return []  # whoever owns the creator's account speaks with it
        return await managed_creators.ways(tx, creator, actor)


def _at_fault(failed: BaseException | None) -> tuple[bool, bool]:
    """Whether Fanvue denied it, and whether something was not found there, by all that led to the failure."""
    denied = missing = False
    while failed is not None:
        paused = isinstance(failed, TryLater) and failed.paused
        denied |= paused or isinstance(failed, TokenUnauthorized | ScopeMissing)
        missing |= isinstance(failed, TargetGone | ObjectNotFound)
        failed = failed.__cause__
    return denied, missing


def _words(base: Link, *, passed_over: bool) -> str:
    if base.kind is LinkKind.STEWARD:
        return STANDING_IN
    return NOT_OFFERED if passed_over else THE_CREATORS
