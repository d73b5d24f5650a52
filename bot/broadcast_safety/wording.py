"""What people read about limits of mass messages (pure)."""

from storage.mass_limits import MassLimits

UNKNOWN = "unknown"
OFF = "off"
_MOST = 100_000_000
_SET = "`/mass-limits typed_above:` changes it; “off” ends it."


def small(most: int | None, limit: int) -> str:
    """Under the preview."""
    if most is None:
        return f"Nobody knows how many get it: you type the word “{UNKNOWN}” before it is sent."
    return f"More than {limit:,} recipients: you type their number, {most:,}, before it is sent."


def shown(limits: MassLimits) -> str:
    """What holds."""
    if limits.typed_above is None:
        return f"A press sends a mass message, to however many. {_SET}"
    return (
        f"Above {limits.typed_above:,} recipients of a mass message, their number is typed before it is "
        f"sent. {_SET}"
    )


def done(limits: MassLimits) -> str:
    """It was set."""
    return f"From now on: {shown(limits)[0].lower()}{shown(limits)[1:]}"


def target(limits: MassLimits) -> str:
    """For the audit."""
    return f"typed above {OFF if limits.typed_above is None else limits.typed_above}"


def read(words: str) -> int | None:
    """A number of recipients that somebody typed; None: off. Raises ValueError with what to do instead."""
    plain = words.strip().casefold()
    if plain == OFF:
        return None
    digits = plain.replace(",", "").replace(" ", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= len(str(_MOST))) or int(digits) > _MOST:
        raise ValueError("Write a number of recipients, for example 500, or “off”. Nothing was changed.")
    return int(digits)
