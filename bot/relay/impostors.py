"""Warns of look-alike names: another fan, somebody of the team, Fanvue itself.

It is a warning for people. Nothing is ever found or chosen by a name.
"""

from bot.model.language import msgid, tr
from bot.text import render
from storage.database import Transaction
from storage.engine import commands
from storage.engine.confusables import likeness
from storage.inbox import fans
from storage.people import creators
from storage.records import CreatorId, Fan, FanId

_FANVUE = "fanvue"
TEAM = msgid("⚠️ This name looks like someone on the team. This is a fan.")
FANVUE = msgid("⚠️ This name looks like Fanvue. This is a fan.")


async def label_of(tx: Transaction, fan: Fan) -> str:
    """A fan's name among the creator's fans, with four digits of the id where they could be confused."""
    return render.fan_label(fan) if await fans.is_mistakable(tx, fan) else render.plain_label(fan)


async def label_by_id(tx: Transaction, creator: CreatorId, fan: FanId) -> str:
    """The same of somebody of whom nothing more may be known."""
    known = await fans.get(tx, creator, fan)
    return await label_of(tx, known) if known is not None else render.person_label(fan, None, None)


async def warning(tx: Transaction, fan: Fan) -> str | None:
    """The warning to read before trusting a name; None where there is none.

    The team: creators, and members who have asked the bridge for something.
    """
    looks = {look for look in (likeness(fan.handle), likeness(fan.display_name)) if look is not None}
    if any(look.startswith(_FANVUE) for look in looks):
        return tr(FANVUE)
    team = await creators.names(tx) | await commands.actor_names(tx)
    if looks & {likeness(name) for name in team}:
        return tr(TEAM)
    other = await fans.alike(tx, fan)
    return (
        tr("⚠️ Similar to {fan}. This is not them.", fan=render.fan_label(other))
        if other is not None
        else None
    )
