"""The texts about limits of mass messages (pure)."""

from storage.publishing.mass_limits import MassLimits

UNKNOWN = "unknown"
OFF = "off"
_SET = (
    "`/mass-limits` changes each of them, and `typed_above:off`, `hold:off` or `second_above:off` ends one."
)
_ASKED = ("More than ", "Nobody knows how many get it")  # how those begin that are about the first person
_MINUTE = 60
NOT_HERE = "This button belongs to no mass message that waits."
CANCELLED = "Cancelled. Nothing was sent."


def small(most: int | None, limit: int) -> str:
    if most is None:
        return f"Nobody knows how many get it: you type the word “{UNKNOWN}” before it is sent."
    return f"More than {limit:,} recipients: you type their number, {most:,}, before it is sent."


def waits(seconds: int) -> str:
    return f"Once confirmed it waits {_span(seconds)}, and can be cancelled until then."


def second(limit: int) -> str:
    return (
        f"More than {limit:,} recipients: once you confirm it, a second person who may send mass messages "
        "is asked, for up to 24 hours."
    )


def for_second(warning: str | None) -> str | None:
    """The warning under the preview, for the second person: without the first one's steps."""
    return "\n".join(one for one in (warning or "").split("\n") if not one.startswith(_ASKED)) or None


def too_soon(limits: MassLimits) -> str:
    """A message that is planned for a moment before which its wait is hardly over."""
    return (
        f"A mass message to more than {limits.hold_above:,} people waits {_span(limits.hold_seconds)} first, "
        f"so this time is too soon. Nothing was sent: choose one at least {limits.hold_seconds // 60 + 2} "
        "minutes ahead, or none."
    )


def too_late(why: str) -> str:
    """Too late: it had left, or another press came first. `why`: its outcome."""
    return f"Too late to cancel. {why}"


def shown(limits: MassLimits) -> str:
    return "\n".join((*(f"- {one}" for one in (_typed(limits), _hold(limits), _second(limits))), _SET))


def _span(seconds: int) -> str:
    """60 seconds, 2 minutes."""
    if seconds > _MINUTE and not seconds % _MINUTE:
        return f"{seconds // _MINUTE} minutes"
    return f"{seconds} second{'' if seconds == 1 else 's'}"


def _typed(limits: MassLimits) -> str:
    if limits.typed_above is None:
        return "A press sends a mass message, to however many: no number is typed."
    return (
        f"Above {limits.typed_above:,} recipients of a mass message, their number is typed before it is sent."
    )


def _hold(limits: MassLimits) -> str:
    if not limits.hold_seconds:
        return "A confirmed one goes out at once."
    return (
        f"Above {limits.hold_above:,} recipients, a confirmed one waits {_span(limits.hold_seconds)} before "
        "it goes out, and whoever may send mass messages can cancel it."
    )


def _second(limits: MassLimits) -> str:
    if limits.second_above is None:
        return "One person is enough, to however many."
    return (
        f"Above {limits.second_above:,} recipients, a second person who may send mass messages confirms it, "
        "too."
    )


def done(limits: MassLimits) -> str:
    return f"From now on:\n{shown(limits)}"


def target(limits: MassLimits) -> str:
    typed = OFF if limits.typed_above is None else limits.typed_above
    hold = f"{limits.hold_seconds} s above {limits.hold_above}" if limits.hold_seconds else OFF
    second = OFF if limits.second_above is None else limits.second_above
    return f"typed above {typed}, hold {hold}, second above {second}"
