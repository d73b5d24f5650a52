"""The texts about limits of mass messages (pure)."""

from storage.publishing.mass_limits import MassLimits

UNKNOWN = "unknown"
OFF = "off"
_SET = (
    "Change each with `/mass limits`; turn one off with `typed_above:off`, `hold:off` or `second_above:off`."
)
_ASKED = ("More than ", "We don't know how many get it")  # how those begin that are about the first person
_MINUTE = 60
NOT_HERE = "This button isn't for a waiting mass message."
CANCELLED = "Cancelled. Not sent."


def small(most: int | None, limit: int) -> str:
    if most is None:
        return f"We don't know how many get it: type the word “{UNKNOWN}” before it is sent."
    return f"More than {limit:,} recipients: type their number, {most:,}, before it is sent."


def waits(seconds: int) -> str:
    return f"Once confirmed it waits {_span(seconds)}, and you can cancel it until then."


def second(limit: int) -> str:
    return (
        f"More than {limit:,} recipients: once you confirm it, we ask a second person who may "
        "send mass messages, for up to 24 hours."
    )


def for_second(warning: str | None) -> str | None:
    """The warning under the preview, for the second person: without the first one's steps."""
    return "\n".join(one for one in (warning or "").split("\n") if not one.startswith(_ASKED)) or None


def too_soon(limits: MassLimits) -> str:
    """A message that is planned for a moment before which its wait is hardly over."""
    return (
        f"A mass message to more than {limits.hold_above:,} people waits "
        f"{_span(limits.hold_seconds)} first, so this time is too soon. Not sent: choose one "
        f"at least {limits.hold_seconds // 60 + 2} minutes ahead, or none."
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
        return "No typed number: one click sends a mass message to any number."
    return f"Above {limits.typed_above:,} recipients you type their number before a mass message is sent."


def _hold(limits: MassLimits) -> str:
    if not limits.hold_seconds:
        return "A confirmed one is sent right away."
    return (
        f"Above {limits.hold_above:,} recipients, a confirmed one waits "
        f"{_span(limits.hold_seconds)} before it is sent, and anyone who may send mass "
        "messages can cancel it."
    )


def _second(limits: MassLimits) -> str:
    if limits.second_above is None:
        return "No second confirmation needed."
    return (
        f"Above {limits.second_above:,} recipients, a second person who may send mass messages "
        "must confirm too."
    )


def done(limits: MassLimits) -> str:
    return f"From now on:\n{shown(limits)}"


def target(limits: MassLimits) -> str:
    typed = OFF if limits.typed_above is None else limits.typed_above
    hold = f"{limits.hold_seconds} s above {limits.hold_above}" if limits.hold_seconds else OFF
    second = OFF if limits.second_above is None else limits.second_above
    return f"typed above {typed}, hold {hold}, second above {second}"
