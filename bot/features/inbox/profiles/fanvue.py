"""Reads one fan from Fanvue when somebody asks: one attempt, never much."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.fanvue.budget import RequestLane
from bot.fanvue.client import IdentityApi
from bot.fanvue.creator_calls import CreatorCalls
from bot.fanvue.figures import FanInsights, SpendingRow, SpentRow
from bot.fanvue.models import CustomListRow
from bot.fanvue.outcomes import as_outcomes
from bot.fanvue.paging import first_of
from bot.fanvue.values import word_of
from storage.money.subscribers import SubscriptionTerms
from storage.records import Cents, CreatorId, Fan, FanId, Millis

LISTS = 10  # of a creator's own lists, that are looked through; each is one request


@dataclass(frozen=True)
class ProfilePayments:
    """All a fan's payments, less what went back."""

    total: Cents
    sources: tuple[tuple[str, Cents], ...]  # the most first
    last: Millis | None


@dataclass(frozen=True)
class FanvueFanProfile:
    """One fan as Fanvue knows them now. None: it did not say."""

    status: str | None  # subscriber, expired, follower, not_contactable; there may be others
    terms: SubscriptionTerms
    paid: ProfilePayments | None


@dataclass(frozen=True)
class FanListMemberships:
    """On which of the creator's own lists a fan is."""

    names: tuple[str, ...]
    unsure: tuple[str, ...]  # too many people there look alike to Fanvue's search
    looked: int
    more: bool  # the creator has lists that were not looked through


class FanvueProfiles(CreatorCalls):
    """Raises one of the four errors of `bot.model.errors`."""

    async def of(self, creator: CreatorId, fan: FanId) -> FanvueFanProfile:
        """One fan, with one request."""
        api = await self._api(creator, RequestLane.REFRESH)
        with as_outcomes(reading=True):
            return _there(await api.money.fan(fan))

    async def lists(self, creator: CreatorId, fan: Fan) -> FanListMemberships:
        """The creator's own lists with this fan on them: one request for each list, and one for their names.

        Fanvue cannot be asked for the lists of somebody; a search by handle in each is the least there is.
        """
        api = await self._api(creator, RequestLane.REFRESH)
        names: list[str] = []
        unsure: list[str] = []
        with as_outcomes(reading=True):
            page = await first_of(api.lists.custom())
            looked = page.rows[:LISTS]
            for one in looked:
                found = await _is_on(api, one, fan)
                if found is not False:
                    (names if found else unsure).append(one.name or one.uuid)
        more = len(page.rows) > LISTS or page.next is not None
        return FanListMemberships(tuple(names), tuple(unsure), len(looked), more)


async def _is_on(api: IdentityApi, one: CustomListRow, fan: Fan) -> bool | None:
    """Whether a list has this fan; None where one page of those who look alike does not tell."""
    page = await first_of(api.chats.list(search=fan.handle, custom_list=one.uuid))
    if any(chat.user.uuid == fan.id for chat in page.rows):
        return True
    return False if page.next is None and not page.skipped else None


def _there(said: FanInsights) -> FanvueFanProfile:
    told = said.subscription
    terms = (
        SubscriptionTerms()
        if told is None
        else SubscriptionTerms(told.created_at, told.renews_at, told.auto_renewal_enabled)
    )
    return FanvueFanProfile(said.status, terms, None if said.spending is None else _paid(said.spending))


def _paid(said: SpendingRow) -> ProfilePayments | None:
    total = _cents(said.total)
    if total is None:
        return None
    return ProfilePayments(
        total, tuple(sorted(_by_source(said.sources or {}).items(), key=_most)), said.last_purchase_at
    )


def _by_source(sources: Mapping[str, SpentRow]) -> dict[str, Cents]:
    found: dict[str, Cents] = {}
    for name, spent in sources.items():
        found[word_of(name)] = found.get(word_of(name), 0) + (_cents(spent) or 0)
    return {name: cents for name, cents in found.items() if cents}


def _most(source: tuple[str, Cents]) -> tuple[Cents, str]:
    return -source[1], source[0]


def _cents(spent: SpentRow | None) -> Cents | None:
    if spent is None:
        return None
    return spent.gross if spent.total is None else spent.total
