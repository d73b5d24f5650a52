"""Builds what takes typed messages, and what is asked about them."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.checks.opened import Answering
from bot.engine.effect_handler import EffectHandler
from bot.engine.supervision import BackgroundTask
from bot.relay.context import Context
from bot.relay.removal_port import RemovalPort
from bot.relay.reply_queue import TYPED_GONE
from bot.typed.catching_up import CatchingUp
from bot.typed.changing import Changing
from bot.typed.clearing import TakeAway
from bot.typed.hearing import Hearing
from bot.typed.lines import Lines
from bot.typed.looking import Looking
from bot.typed.marks import MARK, Marks
from bot.typed.pressing import Pressing
from bot.typed.redrawing import Redrawing, WantCard
from bot.typed.setting import Setting
from bot.typed.taking import Taking

_LATE = 60_000  # older than this, nobody expects any more that it goes out by itself


@dataclass(frozen=True)
class TypedOpened:
    """The parts that the rest of the program speaks to."""

    setting: Setting
    hearing: Hearing
    pressing: Pressing
    looking: Looking
    catching: CatchingUp
    taking: Taking
    changing: Changing
    on: Context

    def deeds(self, discord: RemovalPort) -> Mapping[str, EffectHandler]:
        """The kind of effect that takes away what was typed."""
        return {TYPED_GONE: TakeAway(database=self.on.database, discord=discord)}

    def duties(self) -> list[BackgroundTask]:
        """What must run for anything to be taken; nothing where Discord tells nothing."""
        return [self.hearing.duty(), self.catching.duty()] if self.hearing.listens else []


def open_typed(on: Context, answering: Answering, *, want: WantCard, listens: bool) -> TypedOpened:
    """`want`: has a fan's card shown. `listens`: whether Discord is asked for what people type."""
    # One list of what is built and of what each is given, in the order in which they need one another.
    lines = Lines(effects=on.effects, clock=on.clock)
    kept = answering.kept
    taking = Taking(
        database=on.database,
        replies=answering.replies,
        kept=kept,
        lines=lines,
        clock=on.clock,
        late=max(int(_LATE / on.divisor), 1),
    )
    changing = Changing(database=on.database, kept=kept, lines=lines)
    return TypedOpened(
        setting=Setting(
            database=on.database,
            clock=on.clock,
            trail=on.effects.trail,
            redrawing=Redrawing(database=on.database, want=want),
            listens=listens,
            serving=on.serving,
        ),
        hearing=Hearing(taking=taking, changing=changing, listens=listens),
        pressing=Pressing(database=on.database, taking=taking, clock=on.clock),
        looking=Looking(
            database=on.database,
            taking=taking,
            commands=on.commands,
            checks=answering.checks,
            kept=kept,
            clock=on.clock,
        ),
        catching=CatchingUp(
            database=on.database,
            taking=taking,
            clock=on.clock,
            divisor=on.divisor,
            marks=Marks(on.serving.named(MARK), on.serving.shard),
        ),
        taking=taking,
        changing=changing,
        on=on,
    )
