"""Builds the desk, and says what of it runs in the background."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from bot.engine.effect_handler import EffectHandler
from bot.engine.metrics import BridgeMetrics
from bot.engine.supervision import BackgroundTask
from bot.engine.task_placement import PlacedTask, TaskPlacement
from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.operations.problems import board_effects, lost_targets
from bot.features.operations.problems.board_effects import ProblemBoardHandler, ProblemBoards
from bot.features.operations.problems.discord_hints import Deleted, Joined, ProblemHintWatcher, not_minded
from bot.features.operations.problems.foreign_posts import ForeignPostWatcher
from bot.features.operations.problems.home_part import problems_part
from bot.features.operations.problems.lost_targets import LostTargetHandler, LostTargetWatcher
from bot.features.operations.problems.service import ProblemService
from bot.features.operations.problems.status_service import StatusService
from bot.features.operations.problems.webhook_rejections import WebhookRejectionCounter
from bot.features.signals import MESSAGE_DELETED, SERVER_JOINED
from bot.model.discord_ports import MessageRemovalPort, PrivateMessagePort
from bot.relay.context import Context
from bot.relay.unsend_service import UnsendService
from storage.records import Effect

_LIMIT = 25.0
_Rounds = Callable[..., Awaitable[None]]


class ProblemsFeature:
    """The parts that the rest of the program speaks to."""

    def __init__(
        self,
        on: Context,
        metrics: BridgeMetrics,
        *,
        deleted: Deleted = not_minded,
        joined: Joined = not_minded,
    ) -> None:
        """A desk on this database; `deleted`, `joined`: who minds a message that is gone, a new server."""
        self.on = on
        self.problems = ProblemService(on)
        self.boards = ProblemBoards(on, problems=self.problems)
        self.strangers = ForeignPostWatcher(on)
        self.unsending = UnsendService(on)
        self.targets = LostTargetWatcher(on)
        self.door = WebhookRejectionCounter(on, hint=self.boards.hint, metrics=metrics)
        self.noticing = ProblemHintWatcher(
            problems=self.problems,
            boards=self.boards,
            unsending=self.unsending,
            targets=self.targets,
            strangers=self.strangers,
            also=deleted,
            welcomes=joined,
        )
        self.status = StatusService(on, problems=self.problems)

    def handlers(
        self, discord: MessageRemovalPort, private: PrivateMessagePort
    ) -> Mapping[str, EffectHandler]:
        """The kinds of effects that are the desk's own."""
        show = ProblemBoardHandler(self.on, discord=discord, problems=self.problems)
        return {
            board_effects.KIND: show,
            lost_targets.KIND: LostTargetHandler(database=self.on.database, private=private),
        }

    def probes(self) -> Mapping[str, Callable[[], Awaitable[str | None]]]:
        """The probes of degraded parts for /readyz, by name."""
        return {
            "clock": self.door.clock_probe,
            "webhook secret": self.door.secret_probe,
            "servers": self.targets.probe,
        }

    def noticed(self, effect: Effect, how: str) -> None:
        self.boards.noticed(effect.creator, how)
        self.targets.noticed(effect, how)


def build(ctx: FeatureContext) -> Feature:
    """The boards are kept true in a restored database that waits, too."""
    told = ctx.listeners.telling
    problems = ProblemsFeature(ctx, ctx.metrics, deleted=told(MESSAGE_DELETED), joined=told(SERVER_JOINED))
    divisor, each = ctx.divisor, TaskPlacement.EACH

    def task(name: str, run: _Rounds, pause: float, where: TaskPlacement) -> PlacedTask:
        made = BackgroundTask(name, partial(run, pause=pause / divisor), _LIMIT)
        return PlacedTask(made, where, paused=True)

    return Feature(
        name="problems",
        parts=(problems,),
        services=(problems.problems, problems.status, problems.unsending),
        brings=(problems_part(problems.problems),),
        effects=lambda on: problems.handlers(on.discord, on.private),
        tasks=(
            task("boards", problems.boards.run, 1.0, each),
            task("door", problems.door.run, 10.0, TaskPlacement.WEB),
            task("targets", problems.targets.run, 1.0, each),
            task("noticing", problems.noticing.run, 5.0, TaskPlacement.GATEWAY),
        ),
    )
