"""The line of what waits for its time; from its end on it says how that was."""

from bot.proposals import words
from bot.proposals.features import Feature
from bot.proposals.pressed import PART, Press
from bot.relay.effects import Effects, alert_changed, wanted_alert
from bot.relay.ports import Button, Post
from storage import outbox
from storage.database import Transaction
from storage.records import Effect, EffectId, Millis

_HELD = "held"  # the part of the line


async def begins(tx: Transaction, effects: Effects, press: Press, feature: Feature, due: Millis) -> Button:
    """The alerts channel shows that it waits; the button that takes it back, there as in its own answer."""
    effect = effects.ids.effect(press.open.draft.id, PART)
    stop = Button(words.STOP, effect, "Cancel", "danger")
    who = words.by(press.command.actor, press.second)
    line = Post(
        body=(words.held_for(feature, due, who),), buttons=(_show(effects.ids.effect(effect, _HELD)), stop)
    )
    await effects.add(tx, wanted_alert(press.link.creator, cause=effect, part=_HELD, post=line))
    return stop


async def ends(
    tx: Transaction,
    effects: Effects,
    effect: Effect,
    sentence: str,
    how: str,
    buttons: tuple[Button, ...] = (),
) -> bool:
    """Have it say so, without Cancel; False where nothing of the kind was shown. `how`: once for each."""
    line = effects.ids.effect(effect.id, _HELD)
    if await outbox.get(tx, line) is None:
        return False
    over = Post(body=(sentence,), buttons=(_show(line), *buttons))
    part = f"note:{how}"
    await effects.add(tx, alert_changed(effect.creator, line, cause=effect.id, part=part, post=over))
    return True


def _show(line: EffectId) -> Button:
    return Button(words.SHOW, line, "Show me")
