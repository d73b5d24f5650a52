"""Finds lists by name or id, their members, and the jobs on their way."""

from bot.access.permits import Permit
from bot.engine.sending_pauses import since
from bot.features.publishing.lists import texts
from bot.features.publishing.lists.fanvue import FanvueFanLists
from bot.features.publishing.lists.jobs import ListJobs, ListJobTexts
from bot.features.publishing.lists.model import OwnList
from bot.model.errors import DeliveryRefused, SealDamaged
from bot.model.language import msgid, tr
from bot.model.ports import Post
from bot.relay.fan_labels import choices_of
from bot.relay.frozen_threads import is_connected
from bot.text.safe_text import one_line
from storage.database import Database, Transaction
from storage.engine.confusables import folded
from storage.inbox import fans, threads
from storage.people import pauses
from storage.publishing import lists
from storage.records import CreatorId, DiscordId, FanId

_LONGEST = 100  # characters of a name, as Fanvue has it
_MEMBERS = 100
_JOBS = 10
_CHOICES = 25
_NOT_CONNECTED = msgid("This creator is not connected to Fanvue right now. The owner reconnects with /link.")


class ListSearchService:
    def __init__(self, *, database: Database, there: FanvueFanLists, jobs: ListJobs) -> None:
        self._database = database
        self._there = there
        self._jobs = jobs

    async def show(self, permit: Permit, wanted: str | None) -> Post:
        """/mass list show: all lists with what is on its way, or who is on one."""
        creator = creator_of(permit)
        if wanted is not None:
            found = await self.one(creator, wanted)
            some, whole = await self._there.members(creator, found.id, most=_MEMBERS)
            return texts.members(found, some, whole=whole)
        there = await self._there.all(creator)

        async def work(tx: Transaction) -> Post:
            shown = []
            for job in await lists.newest(tx, creator, limit=_JOBS):
                try:
                    words = self._jobs.words(job)
                except SealDamaged:
                    words = ListJobTexts("?")
                shown.append((job, words, await lists.counts(tx, job.id)))
            return texts.all_lists(there, shown)

        return await self._database.read(work)

    async def one(self, creator: CreatorId, wanted: str) -> OwnList:
        """The list that was chosen or typed. Raises Refused."""
        found = await self.like(creator, wanted)
        if found is None:
            raise DeliveryRefused(texts.NO_SUCH)
        return found

    async def like(self, creator: CreatorId, wanted: str) -> OwnList | None:
        """The same; None: there is none. Case in names is ignored, unless that leaves several."""
        there = await self._there.all(creator)
        needle = wanted.strip()
        exact = [one for one in there if needle in (one.id, one.name)]
        alike = [one for one in there if folded(one.name.strip()) == folded(needle)]
        found = exact or alike
        if len(found) > 1:
            raise DeliveryRefused(texts.SEVERAL)
        return found[0] if found else None

    async def suggest(self, permit: Permit, typed: str) -> list[tuple[str, str]]:
        """Lists that fit what is typed: words and value."""
        there = await self._there.all(creator_of(permit))
        fitting = [one for one in there if folded(typed.strip()) in folded(one.name)]
        return [(one_line(one.name, _LONGEST), one.id) for one in fitting[:_CHOICES]]

    async def suggest_fans(self, permit: Permit, typed: str) -> list[tuple[str, str]]:
        creator = creator_of(permit)

        async def work(tx: Transaction) -> list[tuple[str, str]]:
            found = await fans.search(tx, creator, typed.strip().lstrip("@"), _CHOICES)
            words = await choices_of(tx, found, longest=_LONGEST)
            return [(said, fan.id) for said, fan in zip(words, found, strict=True)]

        return await self._database.read(work)

    async def fan(self, tx: Transaction, creator: CreatorId, typed: str | None, channel: DiscordId) -> FanId:
        """The fan chosen or typed; if none, the thread's. Raises Refused."""
        if typed is None:
            thread = await threads.by_discord(tx, channel)
            if thread is not None and thread.creator == creator:
                return thread.fan
            raise DeliveryRefused(texts.NO_FAN)
        known = await fans.get(tx, creator, FanId(typed))
        handle = folded(typed.strip().lstrip("@"))
        found = known.id if known else (await lists.by_handles(tx, creator, [handle])).get(handle)
        if found is None:
            raise DeliveryRefused(texts.NO_FAN)
        return found


def creator_of(permit: Permit) -> CreatorId:
    assert permit.creator is not None, "lists are some creator's"
    return permit.creator


def new_name(typed: str) -> str:
    """A name as a list may have it. Raises Refused."""
    wanted = typed.strip()
    if not wanted or one_line(wanted, _LONGEST) != wanted:
        raise DeliveryRefused(texts.NO_NAME)
    return wanted


async def may_change(tx: Transaction, creator: CreatorId, actor: DiscordId) -> None:
    """Raises Refused while nothing is changed for this creator, or by this person."""
    if not await is_connected(tx, creator):
        raise DeliveryRefused(_NOT_CONNECTED)
    pause = await pauses.over(tx, creator, actor)
    if pause is not None:
        raise DeliveryRefused(f"{await since(tx, pause, creator)} {tr(texts.PAUSED)}")
