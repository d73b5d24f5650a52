"""Finds fans of a call that came onto a list: by its size, or by reading it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.features.publishing.lists.fanvue import FanvueFanLists
from bot.features.publishing.lists.model import OwnListMember
from storage.database import Transaction
from storage.publishing import lists
from storage.publishing.lists import ListJobRecord
from storage.records import FanId

READABLE = 5000  # members: longer lists are not read to their end
_FIRST = 150  # of a long one: where Fanvue shows the newest first, a call's fans are among these


@dataclass(frozen=True)
class ListJobLedger:
    """The fans being added, and the number added."""

    adding: frozenset[FanId]
    added: int


@dataclass(frozen=True)
class ListObservation:
    """`whole`: who is not in `on_it` is not on the list. `size`: how many are, for a later look."""

    on_it: frozenset[FanId]
    whole: bool
    size: int | None


async def ledger(tx: Transaction, job: ListJobRecord) -> ListJobLedger:
    """As it stands between two steps of a job."""
    adding = await lists.in_state(tx, job.id, lists.ADDING)
    counts = await lists.counts(tx, job.id)
    return ListJobLedger(frozenset(one.fan for one in adding), counts.get(lists.ADDED, 0))


async def see(
    there: FanvueFanLists, job: ListJobRecord, kept: ListJobLedger, *, answered: bool
) -> ListObservation:
    """A look at the job's list: one call where the number of its members says it all. Raises Gone.

    Putting somebody on a list who is on it changes nothing, so the number never decides who is put on it,
    only what is told. `answered`: Fanvue has answered the last call, and left somebody of it out.
    """
    assert job.list is not None, "it is decided to look at a list that is there"
    size = await there.size(job.creator, job.list)
    came = size - job.size_before - kept.added if size is not None and job.size_before is not None else None
    if kept.adding and came == len(kept.adding):
        return ListObservation(kept.adding, whole=True, size=size)
    if size is None or size <= READABLE:
        found, whole = await there.members(job.creator, job.list, most=READABLE)
        return ListObservation(_fans(found), whole, size if whole else None)
    if not answered:
        return ListObservation(
            frozenset(), whole=False, size=size
        )  # whoever is uncertain is put on it once more
    found, _ = await there.members(job.creator, job.list, most=_FIRST)
    on_it = kept.adding & _fans(found)
    # As many as came are found: the others are not on it, if it was known who was on it before.
    all_found = job.size_before is not None and job.size_before <= READABLE and 0 < len(on_it) == came
    return ListObservation(on_it, all_found, size)


async def mark(tx: Transaction, job: ListJobRecord, seen: ListObservation, *, answered: bool) -> None:
    """Record a look at the fans being added, and at those on the list before."""
    for one in await lists.in_state(tx, job.id, lists.ADDING):
        if one.fan in seen.on_it:
            state = lists.ADDED
        elif not answered:
            state = lists.WAITING
        else:
            state = lists.REFUSED if seen.whole else lists.UNSURE
        await lists.mark(tx, job.id, [one.fan], state)
    if not job.looked and seen.whole:
        waiting = await lists.in_state(tx, job.id, lists.WAITING)
        await lists.mark(tx, job.id, [one.fan for one in waiting if one.fan in seen.on_it], lists.THERE)


def _fans(found: Sequence[OwnListMember]) -> frozenset[FanId]:
    return frozenset(one.fan for one in found)
