"""Tells how a suggested post stands: the line that put it up, and the audit."""

from bot.engine.channel_languages import in_channels
from bot.engine.outbox import Effects, alert_changed, wanted_alert
from bot.features.publishing.suggestions import texts
from storage.database import Transaction
from storage.publishing.suggestions import PostSuggestion
from storage.records import Command, EffectId

_LINE = "note:done"  # what `bot.features.publishing.proposals.notices` says of one that was put up


class SuggestionNotices:
    """In the alerts channel; every method is part of the caller's transaction."""

    def __init__(self, effects: Effects) -> None:
        self._effects = effects

    async def became(
        self,
        tx: Transaction,
        one: PostSuggestion,
        how: str,
        kept: Command | None = None,
        *,
        notice: bool = True,
    ) -> None:
        """Update the line that put it up; `how`: changed, again, or the word of its end.

        `kept`: the command of the press; None: nobody pressed. `notice`: also tell those who have to learn of
        it.
        """
        effects, creator, by = self._effects, one.creator, kept.actor if kept is not None else None
        line = effects.ids.effect(EffectId(one.first), _LINE)
        async with in_channels(tx, creator):
            shown = texts.line(one, how, by)
            told = texts.notice(one, how, by) if notice else None
        await effects.add(tx, alert_changed(creator, line, cause=one.draft, part=f"line:{how}", post=shown))
        if told is not None:
            await effects.add(tx, wanted_alert(creator, cause=one.draft, part=how, post=told))
        if how in texts.AUDIT:
            cause = kept.id if kept is not None else one.draft
            await effects.trail.write(
                tx, texts.AUDIT[how], how, target=one.draft, actor=by, creator=creator, cause=cause
            )
