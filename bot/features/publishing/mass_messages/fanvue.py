"""Fanvue for mass messages: lists and sizes, the one POST, sent messages."""

from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass

from bot.fanvue.budget import RequestLane
from bot.fanvue.client import IdentityApi
from bot.fanvue.creator_calls import PatientCreatorCalls
from bot.fanvue.errors import FanvueError, RequestUnclear
from bot.fanvue.lists_api import NewMassMessage
from bot.fanvue.models import ListMember, MassMessageRow, MassMessageSent
from bot.fanvue.outcomes import as_outcomes, outcome
from bot.fanvue.paging import Pages, Query, SkippedRow, as_one_page, first_of, may_be_from
from bot.features.publishing.mass_messages.audience import CUSTOM, SMART, FanList
from bot.model.acting_account import NEEDS_OWN, CallAccount
from bot.model.errors import DeliveryFailed, DeliveryRefused, DeliveryUnknown, TargetGone, TryLater
from bot.model.language import msgid
from storage.records import CreatorId, FanId, Millis

_PAGES = 20  # of a creator's own lists, and of the mass messages that are looked through
_LOST = msgid("Fanvue's answer did not arrive, so we check its list of mass messages first.")
_STILL_PLANNED = msgid(
    "Fanvue may ignore who this leaves out, and its deletion is not confirmed yet: we try again."
)
_NO_LIST = msgid("This list is no longer on Fanvue.")
_ONLY_V1 = msgid("This Fanvue does not support previews in mass messages. Remove the preview.")


@dataclass(frozen=True)
class FanListPage:
    """A page of a list. `whole`: every row of it could be read. `next`: how it goes on; None: not at all."""

    fans: frozenset[FanId]
    whole: bool
    next: Query | None


@dataclass(frozen=True)
class RecentMassMessages:
    """Mass messages of a stretch of time, and what of it cannot be read."""

    rows: Sequence[MassMessageRow]
    unread: Sequence[SkippedRow]


class FanvueMassMessages(PatientCreatorCalls):
    """One attempt each, ending in the relay's words."""

    async def lists(self, creator: CreatorId, *, patient: bool) -> list[FanList]:
        """Fanvue's own lists and the creator's, with their sizes as they are now.

        `patient`: it waits for its turn, for somebody who sees that it thinks; who is typing cannot.
        """
        api = await (
            self._patient(creator, RequestLane.REPLY) if patient else self._api(creator, RequestLane.REFRESH)
        )
        with as_outcomes(reading=True):
            smart = await api.lists.smart()
            custom = (await as_one_page(api.lists.custom(), most_pages=_PAGES)).rows
        return [
            *(FanList(SMART, one.uuid, one.name or one.uuid, one.count) for one in smart),
            *(FanList(CUSTOM, one.uuid, one.name or one.uuid, one.members_count) for one in custom),
        ]

    async def members_from(
        self, creator: CreatorId, kind: str, which: str, begin: Query | None = None
    ) -> FanListPage:
        """One page of a list, or the page behind one whose `next` is `begin`; likewise. Raises Gone."""
        api = await self._patient(creator, RequestLane.SWEEP)
        with as_outcomes(reading=True, gone=TargetGone(_NO_LIST)):
            page = await first_of(_on(api, kind, which, begin))
        return FanListPage(frozenset(row.uuid for row in page.rows), not page.skipped, page.next)

    async def members(
        self, creator: CreatorId, kind: str, which: str, *, most: int
    ) -> tuple[frozenset[FanId], bool]:
        """A list's members, after more urgent calls, and whether these are all. Raises Gone."""
        api = await self._patient(creator, RequestLane.SWEEP)
        found: set[FanId] = set()
        whole = True
        with as_outcomes(reading=True, gone=TargetGone(_NO_LIST)):
            async with aclosing(_on(api, kind, which)) as pages:
                async for page in pages:
                    found |= {row.uuid for row in page.rows}
                    whole = whole and not page.skipped
                    if len(found) >= most and page.next is not None:
                        return frozenset(found), False
        return frozenset(found), whole

    async def send(
        self, creator: CreatorId, mass: NewMassMessage, *, key: str, voice: CallAccount | None = None
    ) -> MassMessageSent:
        """Send it, or have Fanvue send it at its time.

        What only a person could help is refused, not waited for: the moment that was confirmed would be over.
        """
        try:
            voice = voice or await self._identity(creator)
            if mass.preview and voice.managed is not None:
                raise DeliveryRefused(NEEDS_OWN)
            if mass.preview and not self._fanvue.addresses.prefix:
                raise DeliveryRefused(_ONLY_V1)
            api = self._fanvue.speaking(voice, lane=RequestLane.REPLY)
            return await api.lists.send_mass(mass, key=key)
        except RequestUnclear as error:
            raise DeliveryUnknown(_LOST) from error
        except FanvueError as error:
            raise _not_paused(outcome(error, reading=False)) from error
        except TryLater as later:  # no sign-in to speak with
            failed = _not_paused(later)
            if failed is later:
                raise
            raise failed from later

    async def delete(self, creator: CreatorId, message: str, *, voice: CallAccount | None = None) -> None:
        """Delete one that is planned. Raises Unknown where it may still go out."""
        try:
            api = await self._api(creator, RequestLane.REPLY, voice)
            await api.lists.delete_mass(message)
        except (FanvueError, TryLater) as error:
            raise DeliveryUnknown(_STILL_PLANNED) from error

    async def listed(self, creator: CreatorId, *, since: Millis) -> RecentMassMessages:
        """Every mass message that is not surely older, also unsent and scheduled ones."""
        api = await self._api(creator, RequestLane.SETTLE)
        found: list[MassMessageRow] = []
        unread: list[SkippedRow] = []
        with as_outcomes(reading=True):
            async with aclosing(api.lists.mass_messages()) as pages:
                number = 0
                async for page in pages:
                    number += 1
                    made = [row.created_at for row in page.rows if row.created_at is not None]
                    found += [row for row in page.rows if row.created_at is None or row.created_at >= since]
                    unread += may_be_from(page.skipped, since)
                    newest_first = made == sorted(made, reverse=True)
                    if number == _PAGES or (newest_first and made and made[-1] < since):
                        break
        return RecentMassMessages(found, unread)


def _on(api: IdentityApi, kind: str, which: str, begin: Query | None = None) -> Pages[ListMember]:
    return api.lists.on_smart(which, begin) if kind == SMART else api.lists.on_custom(which, begin)


def _not_paused(failed: DeliveryFailed) -> DeliveryFailed:
    if not (isinstance(failed, TryLater) and failed.paused):
        return failed
    # Behind a semicolon such sentences say what will become of what waits. This does not wait.
    return DeliveryRefused(f"{failed.reason.partition(';')[0].rstrip('.')}.")
