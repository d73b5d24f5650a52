"""Ping recipients: the fan's member, then the team, then its leads."""

from enum import StrEnum

from bot.relay.ping_recipients import PingRecipients, crew_of
from storage.database import Transaction
from storage.inbox import conversations
from storage.records import CreatorId, FanId, Millis


class PingStep(StrEnum):
    """In this order, each once for each wait."""

    THEIRS = "theirs"  # whoever answers the fan now, else whoever answered last
    TEAM = "team"
    LEADS = "leads"


async def called(
    tx: Transaction, creator: CreatorId, fan: FanId, step: PingStep, *, now: Millis
) -> PingRecipients:
    """The recipients now; nobody, where nobody fits."""
    crew = await crew_of(tx, creator)
    if crew is None:
        return PingRecipients()
    if step is PingStep.THEIRS:
        talk = await conversations.known(tx, creator, fan)
        whose = talk.holder(now) or talk.owner
        return PingRecipients((whose,)) if whose is not None and crew.may_answer(whose) else PingRecipients()
    return crew.team() if step is PingStep.TEAM else crew.leads()
