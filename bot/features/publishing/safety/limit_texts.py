"""The texts about limits of mass messages (pure)."""

from collections.abc import Iterator

from bot.model.language import LANGUAGES, language, msgid, number_text, speaking, tr, tr_many
from storage.publishing.mass_limits import MassLimits

UNKNOWN = "unknown"
OFF = "off"
_SET = msgid(
    "Change each with `/mass limits`; turn one off with `typed_above:off`, `hold:off` or `second_above:off`."
)
_UNKNOWN_NUMBER = msgid("We don't know how many get it: type the word “{unknown}” before it is sent.")
_TYPED_NUMBER = msgid("More than {limit} recipients: type their number, {most}, before it is sent.")
_TWO = msgid(
    "More than {limit} recipients: once you confirm it, we ask a second person who may "
    "send mass messages, for up to 24 hours."
)
_MINUTE = 60
NOT_HERE = msgid("This button isn't for a waiting mass message.")
CANCELLED = msgid("Cancelled. Not sent.")


def small(most: int | None, limit: int) -> str:
    if most is None:
        return tr(_UNKNOWN_NUMBER, unknown=UNKNOWN)
    return tr(_TYPED_NUMBER, limit=number_text(limit), most=number_text(most))


def waits(seconds: int) -> str:
    return tr("Once confirmed it waits {span}, and you can cancel it until then.", span=_span(seconds))


def second(limit: int) -> str:
    return tr(_TWO, limit=number_text(limit))


def for_second(warning: str | None) -> str | None:
    """The warning under the preview, for the second person: without the first one's steps."""
    begun = tuple(_beginnings())
    return "\n".join(one for one in (warning or "").split("\n") if not one.startswith(begun)) or None


def _beginnings() -> Iterator[str]:
    """How the first one's steps begin: the preview is in the language of whoever made it."""
    for spoken in LANGUAGES:
        with speaking(spoken):
            for step in (_UNKNOWN_NUMBER, _TYPED_NUMBER, _TWO):
                if begun := tr(step).partition("{")[0]:
                    yield begun


def too_soon(limits: MassLimits) -> str:
    """A message that is planned for a moment before which its wait is hardly over."""
    return tr(
        "A mass message to more than {limit} people waits {span} first, so this time is "
        "too soon. Not sent: choose one at least {minutes} minutes ahead, or none.",
        limit=number_text(limits.hold_above),
        span=_span(limits.hold_seconds),
        minutes=limits.hold_seconds // 60 + 2,
    )


def too_late(why: str) -> str:
    """Too late: it had left, or another press came first. `why`: its outcome."""
    return tr("Too late to cancel. {why}", why=why)


def shown(limits: MassLimits) -> str:
    return "\n".join((*(f"- {one}" for one in (_typed(limits), _hold(limits), _second(limits))), tr(_SET)))


def _span(seconds: int) -> str:
    """60 seconds, 2 minutes."""
    if seconds > _MINUTE and not seconds % _MINUTE:
        return tr_many("{n} minute", "{n} minutes", seconds // _MINUTE)
    return tr_many("{n} second", "{n} seconds", seconds)


def _typed(limits: MassLimits) -> str:
    if limits.typed_above is None:
        return tr("No typed number: one click sends a mass message to any number.")
    return tr(
        "Above {limit} recipients you type their number before a mass message is sent.",
        limit=number_text(limits.typed_above),
    )


def _hold(limits: MassLimits) -> str:
    if not limits.hold_seconds:
        return tr("A confirmed one is sent right away.")
    return tr(
        "Above {limit} recipients, a confirmed one waits {span} before it is sent, and "
        "anyone who may send mass messages can cancel it.",
        limit=number_text(limits.hold_above),
        span=_span(limits.hold_seconds),
    )


def _second(limits: MassLimits) -> str:
    if limits.second_above is None:
        return tr("No second confirmation needed.")
    return tr(
        "Above {limit} recipients, a second person who may send mass messages must confirm too.",
        limit=number_text(limits.second_above),
    )


def done(limits: MassLimits) -> str:
    return tr("From now on:\n{limits}", limits=shown(limits))


def lowered(sentence: str) -> str:
    """A sentence after a colon; German begins it with a capital there too."""
    return sentence if language() == "de" else f"{sentence[0].lower()}{sentence[1:]}"


def target(limits: MassLimits) -> str:
    """The same for the audit, in no reader's language."""
    typed = OFF if limits.typed_above is None else limits.typed_above
    hold = f"{limits.hold_seconds} s above {limits.hold_above}" if limits.hold_seconds else OFF
    second = OFF if limits.second_above is None else limits.second_above
    return f"typed above {typed}, hold {hold}, second above {second}"
