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
) -> None:
    """The alerts channel shows that it waits, with the button that takes it back."""
    effect = effects.ids.effect(press.open.draft.id, PART)
    async with in_channels(tx, press.link.creator):
        who = texts.by(press.command.actor, press.second)
        line = Post(
            body=(texts.held_for(feature.noun, feature.done, due, who, behind=behind),),
            buttons=(_show(effects.ids.effect(effect, _HELD)), stop(effect)),
        )
    await effects.add(tx, wanted_alert(press.link.creator, cause=effect, part=_HELD, post=line))


async def follows(tx: Transaction, effects: Effects, effect: Effect, body: Body) -> bool:
    """An earlier one is in doubt: the line says so and keeps its button; False: there is no line."""
    who = texts.by(body["actor"], body.get("second"))
    sentence = texts.held_for(body["noun"], body["done"], effect.not_before, who, behind=True)
    return await ends(tx, effects, effect, sentence, "follows", (stop(effect.id),))


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


def stop(effect: EffectId) -> Button:
    """The button that takes back what waits."""
    return Button(texts.STOP, effect, tr("Cancel"), "danger")
