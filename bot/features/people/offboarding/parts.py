"""Ends everything of a member who leaves a team, part by part, in one commit.

All that a later feature lets members hold (a claimed chat, a shift) ends here too: it adds its part to the
list in `bot.features.people.offboarding.feature`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.access.permits import Actor, standing_of
from bot.access.roles import TeamRole
from bot.engine.conversation_port import ConversationPort
from bot.engine.outbox import EffectRequest, Effects
from bot.engine.sending_pauses import LEFT
from bot.engine.slots import Slot
from bot.features.people.offboarding import texts
from bot.features.publishing.proposals.pending_service import PendingProposalService
from bot.model.ports import Clock
from bot.relay.context import Context
from storage.database import Transaction
from storage.engine import commands, drafts
from storage.inbox import forums, message_replies
from storage.people import creators, grants, managed_creators, outgoing_messages
from storage.records import CreatorId, DiscordId, Link, Stream

LINK_END = "link.end"


@dataclass(frozen=True)
class TeamDeparture:
    """A member's departure from a creator's team on a server, by a word."""

    member: Actor
    creator: CreatorId
    guild: DiscordId
    by: DiscordId
    cause: str  # unique to this word


class OffboardingPart(Protocol):
    """One kind of thing that a member may hold."""

    async def end(self, tx: Transaction, parting: TeamDeparture) -> Sequence[str]:
        """End it; a line for each thing that ended, for the person who gave the word."""


OFFBOARDING_PARTS = Slot[OffboardingPart]("what ends when a member leaves")


class GrantsPart:
    """Their permissions: none from the commit on, regardless of their Discord roles."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def end(self, tx: Transaction, parting: TeamDeparture) -> Sequence[str]:
        """A personal grant of nothing stands in the place of all others, until a /team grant replaces it."""
        member = parting.member.user
        held = await standing_of(tx, parting.member, parting.creator)
        nothing = grants.GrantRecord(
            id=self._ctx.ids.new(),
            creator=parting.creator,
            guild=parting.guild,
            kind="member",
            subject=member,
            role=TeamRole.NONE,
            plus="",
            minus="",
            money=None,
            by=parting.by,
            at=self._ctx.clock.now(),
        )
        await grants.put(tx, nothing)
        return [texts.grant_ended(held.role if held is not None else None)]


class DraftsPart:
    """Their begun work: open windows, previews, questions, and commands not answered on Discord yet."""

    def __init__(self, *, clock: Clock) -> None:
        self._clock = clock

    async def end(self, tx: Transaction, parting: TeamDeparture) -> Sequence[str]:
        """Closed, so that no button of theirs confirms anything any more."""
        member, now = parting.member.user, self._clock.now()
        await commands.cancel_of(tx, member, parting.creator)
        closed = await drafts.close_of(tx, member, parting.creator, by=parting.by, now=now)
        return [texts.drafts_ended(closed)] if closed else []


class SendsPart:
    """Their requested sends: discarded while not begun.

    They are not handed over: nobody else has read them as their own words, and nothing of the member's may
    leave after the answer. A colleague reads in the thread what was not sent, and writes it again if needed.
    """

    def __init__(self, waiting: PendingProposalService) -> None:
        self._waiting = waiting

    async def end(self, tx: Transaction, parting: TeamDeparture) -> Sequence[str]:
        """Begun sends cannot be called back: they are counted, and settled as always."""
        member, lines = parting.member.user, []
        under_way = await outgoing_messages.begun_by(tx, parting.creator, member)
        given_up = [
            await self._waiting.give_up(tx, effect, f"left:{parting.cause}", LEFT)
            for effect in await outgoing_messages.waiting_by(tx, parting.creator, member)
        ]
        if any(given_up):
            lines.append(texts.sends_ended(sum(given_up)))
        if under_way:
            lines.append(texts.under_way(len(under_way)))
        return lines


class ClaimedFansPart:
    """The fans they answer: free for everybody from the commit on."""

    def __init__(self, talks: ConversationPort) -> None:
        self._talks = talks

    async def end(self, tx: Transaction, parting: TeamDeparture) -> Sequence[str]:
        """Waiting fans go on waiting, and come back to nobody in particular."""
        ended = await self._talks.left(tx, parting.creator, parting.member.user)
        return [texts.fans_ended(ended)] if ended else []


class TypedRepliesPart:
    """Texts they typed in fans' threads and were asked about: all stay inside."""

    async def end(self, tx: Transaction, parting: TeamDeparture) -> Sequence[str]:
        """Should they come back, they are asked again before anything of theirs goes out."""
        ended = await message_replies.forget_member(tx, parting.creator, parting.member.user)
        return [texts.typed_ended(ended)] if ended else []


class OwnLinkPart:
    """Their own Fanvue account, where it works for this creator and for nobody else they still work for."""

    def __init__(self, effects: Effects) -> None:
        self._effects = effects

    async def end(self, tx: Transaction, parting: TeamDeparture) -> Sequence[str]:
        """Comes after the grants of all creators; an account that is somebody's own creator account stays."""
        lines = []
        for link in await creators.links_of(tx, parting.member.user):
            if link.creator == parting.creator or not await managed_creators.has(
                tx, link.id, parting.creator
            ):
                continue
            if await self._is_needed(tx, link, parting):
                lines.append(texts.link_stays(link.handle))
                continue
            await self._effects.add(tx, _ending(link, parting))
            lines.append(texts.link_ends(link.handle))
        return lines

    async def _is_needed(self, tx: Transaction, link: Link, parting: TeamDeparture) -> bool:
        if await forums.of_creator(tx, link.creator) is not None:
            return True
        for reach in await managed_creators.of_link(tx, link.id):
            if await standing_of(tx, parting.member, reach.creator) is not None:
                return True
        return False


def _ending(link: Link, parting: TeamDeparture) -> EffectRequest:
    return EffectRequest(
        network="fanvue",
        kind=LINK_END,
        stream=Stream(f"le:{link.id}"),
        creator=parting.creator,
        cause=parting.cause,
        part=f"link:{link.id}",
        body={"account": link.creator, "member": parting.member.user, "by": parting.by},
    )
