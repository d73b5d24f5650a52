"""The lists that a creator's routing rules name: chosen, kept, looked up."""

from collections.abc import Mapping, Sequence

from bot.features.inbox.routing_lists import texts
from bot.features.inbox.routing_lists.fanvue import FanvueRoutingLists
from bot.features.inbox.routing_lists.model import COUNTS_FOR, RoutableList, RoutingListState
from bot.model.errors import DeliveryRefused
from bot.model.language import tr
from bot.relay.context import Context
from bot.text.safe_text import one_line, safe
from storage.database import Transaction
from storage.engine.confusables import folded
from storage.inbox import routing_lists
from storage.inbox.routing_lists import RoutingList
from storage.records import CreatorId, FanId

_CHOICES, _CHOICE = 25, 100  # of suggestions, and characters of one: Discord shows no more
_NAME = 60


def list_place(key: str, creator: CreatorId) -> str:
    """The place of a list's sealed name."""
    return f"routing_lists|body|{key}|{creator}"


class RoutingListService:
    """Who may choose is asked at the door."""

    def __init__(self, ctx: Context, *, there: FanvueRoutingLists) -> None:
        self._ctx = ctx
        self._there = there

    async def meant(self, creator: CreatorId, typed: str) -> RoutableList:
        """The list of this key or name. Raises DeliveryFailed."""
        there, wanted = await self._there.all(creator, waited_for=True), typed.strip()
        found = [one for one in there if wanted in (one.key, one.name)] or [
            one for one in there if folded(one.name.strip()) == folded(wanted)
        ]
        if len(found) != 1:
            said = texts.SEVERAL if found else texts.NO_LIST
            raise DeliveryRefused(tr(said, name=safe(one_line(typed, _NAME))))
        return found[0]

    async def suggest(self, creator: CreatorId, typed: str) -> Sequence[tuple[str, str]]:
        """Lists with these letters in the name: words and key. Raises DeliveryFailed."""
        needle = folded(typed.strip())
        there = await self._there.all(creator, waited_for=True)
        fitting = [one for one in there if needle in folded(one.name)]
        return [(one_line(one.name, _CHOICE) or one.key, one.key) for one in fitting[:_CHOICES]]

    async def keep(self, tx: Transaction, creator: CreatorId, one: RoutableList) -> None:
        """A rule names it; one that is new is read at the next look."""
        if await routing_lists.get(tx, creator, one.key) is None:
            name = self._ctx.sealer.seal(list_place(one.key, creator), one.name.encode())
            await routing_lists.put(tx, RoutingList(creator, one.key, name, due=self._ctx.clock.now()))

    async def states(self, tx: Transaction, creator: CreatorId) -> Mapping[str, RoutingListState]:
        """What is known of each, by its key."""
        since = self._ctx.clock.now() - COUNTS_FOR
        return {
            one.key: RoutingListState(
                self._name(one),
                one.read,
                one.is_whole,
                one.problem,
                counts=one.read is not None and one.read >= since,
            )
            for one in await routing_lists.of_creator(tx, creator)
        }

    async def of_fan(self, tx: Transaction, creator: CreatorId, fan: FanId) -> set[str]:
        """The keys of the lists that a fan is on, as of looks that still count."""
        return await routing_lists.of_fan(tx, creator, fan, since=self._ctx.clock.now() - COUNTS_FOR)

    def _name(self, one: RoutingList) -> str | None:
        try:
            return self._ctx.sealer.open(list_place(one.key, one.creator), one.name).decode()
        except ValueError:
            return None
