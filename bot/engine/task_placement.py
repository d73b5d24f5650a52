"""Says in which processes a background task runs, where several share the work."""

from dataclasses import dataclass
from enum import Enum

from bot.engine.process_roles import ProcessRole
from bot.engine.supervision import BackgroundTask


class TaskPlacement(Enum):
    """Where a task runs; one process alone runs all of them."""

    ONCE = "once"  # in one worker for all
    EACH = "each"  # everywhere: it keeps notes in memory of what only its process sees
    EACH_BOT = "each bot"  # in one worker of each bot: Discord shows a bot its own servers
    WORKER = "worker"  # in whoever has the role
    GATEWAY = "gateway"
    WEB = "web"

    @property
    def role(self) -> ProcessRole | None:
        """The role that it belongs to; None: to no single one."""
        return _ROLES.get(self)


_ROLES = {
    TaskPlacement.WORKER: ProcessRole.WORKER,
    TaskPlacement.GATEWAY: ProcessRole.GATEWAY,
    TaskPlacement.WEB: ProcessRole.WEB,
}


@dataclass(frozen=True)
class PlacedTask:
    """A background task, and where and when it runs."""

    task: BackgroundTask
    placement: TaskPlacement = TaskPlacement.ONCE
    paused: bool = False  # it runs in a restored database that waits, too (R19)
    stands_by: bool = False  # it runs while its process waits to speak for the bot, too
