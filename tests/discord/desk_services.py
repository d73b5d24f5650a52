"""Who at a desk stands for which service."""

from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

import tests.features
from bot.access.permits import Access
from bot.access.subjects import ActionSubjectFinder
from bot.engine.commands import Commands
from bot.relay.automod_blocked import BlockedLines
from bot.relay.forum_places import ForumPlaces
from bot.relay.live_event_status import LiveEventStatus
from bot.relay.replies import ReplyService
from bot.relay.unsend_service import UnsendService
from tests.discord.desk import Desk, DeskCommands, DeskPlaces, DeskReplies, DeskServices
from tests.discord.desk_access import DeskAccess, DeskSubjects
from tests.discord.desk_state import DeskHidden, DeskLiveEvents, DeskUnsending


def desk_services(desk: Desk) -> DeskServices:
    """Everything that commands call. tests/discord/test_desks.py holds it to the real classes.

    Those of a feature lie in `desk.py` beside its tests: `STAND_INS`, or `stand_ins`, which needs the desk.
    """
    made = _for_all(desk)
    for module in _modules():
        made |= module.stand_ins(desk) if hasattr(module, "stand_ins") else module.STAND_INS
    return made


@cache
def _modules() -> tuple[ModuleType, ...]:
    found = sorted(Path(tests.features.__file__).parent.glob("*/*/desk*.py"))
    return tuple(import_module(".".join(("tests.features", *path.parts[-3:-1], path.stem))) for path in found)


def _for_all(desk: Desk) -> DeskServices:
    """What every command needs, and what belongs to no feature."""
    return {
        Access: DeskAccess(desk),
        ActionSubjectFinder: DeskSubjects(desk),
        Commands: DeskCommands(desk),
        ForumPlaces: DeskPlaces(desk),
        ReplyService: DeskReplies(desk),
        BlockedLines: DeskHidden(),
        LiveEventStatus: DeskLiveEvents(),
        UnsendService: DeskUnsending(),
    }
