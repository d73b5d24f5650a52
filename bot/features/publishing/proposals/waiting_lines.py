"""The line of what waits for its time; from its end on it says how that was."""

from bot.engine.channel_languages import in_channels
from bot.engine.effect_handler import Body
from bot.engine.outbox import Effects, alert_changed, wanted_alert
from bot.features.publishing.proposals import texts
from bot.features.publishing.proposals.model import ProposalKind
from bot.features.publishing.proposals.presses import PART, ProposalPress
from bot.model.language import tr
from bot.model.ports import Button, Post
from storage.database import Transaction
from storage.engine import outbox
from storage.records import Effect, EffectId, Millis

_HELD = "held"  # the part of the line


async def begins(
    tx: Transaction,
    effects: Effects,
    press: ProposalPress,
    feature: ProposalKind,
    due: Millis,
    *,
    behind: bool,
) -> Button:
    """The alerts channel shows that it waits; the button that takes it back, there as in its own answer."""
    effect = effects.ids.effect(press.open.draft.id, PART)
    stop = _stop(effect)
    async with in_channels(tx, press.link.creator):
        who = texts.by(press.command.actor, press.second)
        line = Post(
            body=(texts.held_for(feature.noun, feature.done, due, who, behind=behind),),
            buttons=(_show(effects.ids.effect(effect, _HELD)), stop),
        )
    await effects.add(tx, wanted_alert(press.link.creator, cause=effect, part=_HELD, post=line))
    return stop


async def follows(tx: Transaction, effects: Effects, effect: Effect, body: Body) -> tuple[Button, ...]:
    """An earlier one is in doubt: the line says so and keeps its button, which is returned; (): no line."""
    stop, who = _stop(effect.id), texts.by(body["actor"], body.get("second"))
    sentence = texts.held_for(body["noun"], body["done"], effect.not_before, who, behind=True)
    return (stop,) if await ends(tx, effects, effect, sentence, "follows", (stop,)) else ()


async def ends(
    tx: Transaction,
    effects: Effects,
    effect: Effect,
    sentence: str,
    how: str,
    buttons: tuple[Button, ...] = (),
) -> bool:
    """Have it say so, with these buttons; False where nothing of the kind was shown. `how`: once for each."""
    line = effects.ids.effect(effect.id, _HELD)
    if await outbox.get(tx, line) is None:
        return False
    over = Post(body=(sentence,), buttons=(_show(line), *buttons))
    part = f"note:{how}"
    await effects.add(tx, alert_changed(effect.creator, line, cause=effect.id, part=part, post=over))
    return True


def _show(line: EffectId) -> Button:
    return Button(texts.SHOW, line, tr("Show me"))


def _stop(effect: EffectId) -> Button:
    return Button(texts.STOP, effect, tr("Cancel"), "danger")
