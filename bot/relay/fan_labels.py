"""Names the fans of one list, so that none is taken for another."""

from collections.abc import Collection, Iterable, Sequence

from bot.text import render
from storage.database import Transaction
from storage.engine.confusables import likeness
from storage.inbox import fans
from storage.records import CreatorId, Fan, FanId

FanKey = tuple[CreatorId, FanId]


async def labels_of(
    tx: Transaction, people: Iterable[Fan], *, among: Iterable[Fan] = ()
) -> dict[FanKey, str]:
    """Each one's name, with digits of the id where another of their creator's fans is named alike.

    Or another of these people, whoever's fan that is: a list may be about several creators, and Fanvue names
    fans of whom nothing is kept. `among`: others of the same list, who are not on this page of it.
    """
    shown = {(one.creator, one.id): one for one in people}
    confused = lookalikes([*shown.values(), *among])
    found = {}
    for key, one in shown.items():
        digits = one.id in confused or await fans.is_mistakable(tx, one)
        found[key] = render.fan_label(one) if digits else render.plain_label(one)
    return found


async def choices_of(tx: Transaction, people: Sequence[Fan], *, longest: int) -> list[str]:
    """The same of fans to choose from, in their order: plain, and never so short that digits are cut off."""
    confused = lookalikes(people)
    found = []
    for one in people:
        digits = one.id in confused or await fans.is_mistakable(tx, one)
        found.append(render.fan_choice(one, longest=longest, digits=digits))
    return found


def lookalikes(people: Collection[Fan]) -> set[FanId]:
    """Those of them who have a name or a handle that looks like another one's."""
    whose: dict[str, set[FanId]] = {}
    for one in people:
        for look in (likeness(one.handle), likeness(one.display_name)):
            if look is not None:
                whose.setdefault(look, set()).add(one.id)
    return {fan for same in whose.values() if len(same) > 1 for fan in same}
