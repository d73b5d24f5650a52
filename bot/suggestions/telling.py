"""Tells how a suggested post stands: the line that put it up, and the audit."""

from bot.relay.effects import Effects, alert_changed, wanted_alert
from bot.suggestions import wording
from storage.database import Transaction
from storage.records import Command, EffectId
from storage.suggestions import Suggested

_LINE = "note:done"  # what `bot.proposals.telling` says of one that was put up


class Telling:
    """In the alerts channel; every method is part of the caller's transaction."""

    def __init__(self, effects: Effects) -> None:
        self._effects = effects

    async def became(self, tx: Transaction, one: Suggested, how: str, kept: Command) -> None:
        """The line that put it up says so from now on; `how`: changed, again, or the word of its end."""
        effects, creator, by = self._effects, one.creator, kept.actor
        line = effects.ids.effect(EffectId(one.first), _LINE)
        shown = wording.line(one, how, by)
        await effects.add(tx, alert_changed(creator, line, cause=one.draft, part=f"line:{how}", post=shown))
        notice = wording.notice(one, how, by)
        if notice is not None:
            await effects.add(tx, wanted_alert(creator, cause=one.draft, part=how, post=notice))
        if how in wording.AUDIT:
            await effects.trail.write(
                tx, wording.AUDIT[how], how, target=one.draft, actor=by, creator=creator, cause=kept.id
            )
