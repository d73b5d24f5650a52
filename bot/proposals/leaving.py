"""What was confirmed leaves: at once, or at its time unless it is cancelled."""

from bot.proposals import words
from bot.proposals.features import Feature
from bot.proposals.pressed import PART, Press, wanted_of
from bot.relay.effects import Effects, wanted_alert
from bot.relay.ports import Button, Clock, Post
from storage import templates
from storage.database import Transaction

HELD = "held"  # the part of the line that shows it while it waits


class Leaving:
    """Adds the one effect; every method is part of the caller's transaction."""

    def __init__(self, *, effects: Effects, clock: Clock) -> None:
        self._effects = effects
        self._clock = clock

    async def leave(self, tx: Transaction, press: Press, feature: Feature) -> Post:
        """What to show in the preview's place. While it waits the alerts channel shows it, too."""
        hold = press.open.preview.hold
        due = self._clock.now() + 1000 * hold if hold else 0
        await self._effects.add(tx, wanted_of(press, feature, due=due))
        await templates.left(tx, press.open.draft.id, now=self._clock.now())
        if not hold:
            return words.ended(press.open.post, f"{feature.noun}: on its way", words.FOLLOWED, None)
        effect = self._effects.ids.effect(press.open.draft.id, PART)
        note = self._effects.ids.effect(effect, HELD)
        stop = Button(words.STOP, effect, "Cancel", "danger")
        line = Post(
            body=(words.held_for(feature, due, words.by(press.command.actor, press.second)),),
            buttons=(Button(words.SHOW, note, "Show me"), stop),
        )
        await self._effects.add(tx, wanted_alert(press.link.creator, cause=effect, part=HELD, post=line))
        return words.held(press.open.post, feature, due, stop)
