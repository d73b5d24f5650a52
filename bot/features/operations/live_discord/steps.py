"""One step of a live check of Discord: what it came to, without ids and names."""

import re
from collections.abc import Mapping
from typing import Any, Final

from bot.discord.failures import ThreadArchived
from bot.features.operations.doctor.check_runner import bounded
from bot.features.operations.doctor.findings import DoctorFinding, DoctorVerdict
from bot.features.operations.live_check.record import LiveStep, Look
from bot.features.operations.live_check.terminal_lines import NobodyAnswers
from bot.features.operations.live_discord.trial_forum import NoTrialForum
from bot.model.errors import BotForbidden, DeliveryFailed, DeliveryUnknown, TryLater

_LONGEST: Final = 3600.0  # seconds: a person takes their time
_PLACE: Final = re.compile(r"<[#@][!&]?\d+>")
_ID: Final = re.compile(r"\d{15,}")
_TELL: Final = "Please send the report to the project: the bridge assumes the opposite."


def found(
    question: str, answer: str, said: str = "", *, good: bool = True, seen: Mapping[str, Any] | None = None
) -> LiveStep:
    """An answer to a question; `said`: the same in the words of a step."""
    verdict, do = (DoctorVerdict.OK, "") if good else (DoctorVerdict.WARN, _TELL)
    return LiveStep(verdict, said or answer, do, seen or {}, {question: answer})


def plain(said: str, *, bad: str = "", seen: Mapping[str, Any] | None = None) -> LiveStep:
    """A step that answers no question. `bad`: what to do, where it is not well."""
    return LiveStep(DoctorVerdict.BAD if bad else DoctorVerdict.OK, said, bad, seen or {})


def unsure(said: str, do: str = "Run it again when you can tell.") -> LiveStep:
    """Not found out; it is asked again."""
    return LiveStep(DoctorVerdict.UNKNOWN, said, do)


def is_open(step: LiveStep | None) -> bool:
    """Whether it is tried again: what a person may have mended meanwhile is."""
    return step is None or step.verdict in {DoctorVerdict.UNKNOWN, DoctorVerdict.BAD}


async def taken(name: str, look: Look) -> LiveStep:
    """A step that can neither hang nor break the others. Raises NobodyAnswers."""
    left: list[NobodyAnswers] = []

    async def told() -> LiveStep:
        try:
            return await look()
        except NoTrialForum:
            return unsure("there is nothing to try it in", "See the step that makes it.")
        except DeliveryFailed as failed:
            return refused(failed)
        except NobodyAnswers as nobody:
            left.append(nobody)
            return unsure("nobody answered")

    step = await bounded(name, told, _as_step, seconds=_LONGEST)
    if left:
        raise left[0]
    return step


def refused(failed: DeliveryFailed) -> LiveStep:
    """What Discord did not do, in the bridge's words."""
    said = _ID.sub("…", _PLACE.sub("the test forum", failed.reason)).rstrip(".")
    if isinstance(failed, BotForbidden):
        return plain(said, bad="Server Settings → Roles: give the bot's role what the line “rights” names.")
    if isinstance(failed, DeliveryUnknown | TryLater) and not isinstance(failed, ThreadArchived):
        return unsure(said, "Ask again later.")
    return plain(said, bad="Please send the report to the project: here the bridge cannot do its work.")


def _as_step(told: DoctorFinding) -> LiveStep:
    return LiveStep(told.verdict, told.says, told.do)
