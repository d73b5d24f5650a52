"""Lists to choose from under a draft: fans, times, templates, the vault (pure)."""

from collections.abc import Sequence
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.features.publishing.drafts.list_service import DraftListChoices
from bot.features.publishing.drafts.model import DraftContent, DraftList, named
from bot.features.publishing.drafts.rules import MOST
from bot.features.publishing.mass_messages.audience import FanList, fans
from bot.model.choices import Choice, ChoiceOption
from bot.model.language import msgid, tr
from bot.text.moments import local_time
from bot.text.price_input import ids_of
from bot.text.safe_text import one_line
from storage.records import DraftId, Millis

_SHOWN = 25  # Discord shows no more
_LABEL = 100
_EVENING = 20


class LeaveWords(NamedTuple):
    """The words for fans who are left out; `inside`: within a sentence."""

    label: str
    hint: str
    inside: str


LEAVES = {
    "live": LeaveWords(
        msgid("Fans in conversation"),
        msgid("Active lately, waiting, or claimed"),
        msgid("fans in conversation"),
    ),
    "cap": LeaveWords(
        msgid("Fans over the cap"),
        msgid("Already got as many mass messages as “/mass limits cap:” allows"),
        msgid("fans over the cap"),
    ),
}
LEAVE = "compose.leaves"
TO, WITHOUT, SOON, TEMPLATES, ITEMS, COVER = (
    "compose.to",
    "compose.without",
    "compose.soon",
    "compose.pick",
    "compose.items",
    "compose.cover",
)


def lists_to_choose(ref: DraftId, content: DraftContent, known: DraftListChoices) -> tuple[Choice, ...]:
    """Lists to send to and to leave out; the chosen first, so that none is lost when others are chosen."""
    sides = (
        (TO, tr("Who gets it"), content.to, known.to),
        (WITHOUT, tr("Who does not get it"), content.without, known.without),
    )
    made = [
        (action, words, _options(chosen, lists)) for action, words, chosen, lists in sides if chosen or lists
    ]
    return tuple(Choice(action, ref, words, options, MOST, least=0) for action, words, options in made)


def times_to_choose(ref: DraftId, content: DraftContent, now: Millis, zone: ZoneInfo) -> Choice:
    """The usual times; each value is what somebody would have typed, and is read like that."""
    at_once = content.at is None and not content.wrong
    tonight = [ChoiceOption("20:00", tr("Tonight 20:00"))] if local_time(now, zone).hour < _EVENING else []
    options = (
        ChoiceOption("now", tr("Right away"), chosen=at_once),
        ChoiceOption("in 1 hour", tr("In 1 hour")),
        *tonight,
        ChoiceOption("tomorrow 10:00", tr("Tomorrow 10:00")),
    )
    return Choice(SOON, ref, tr("When is it sent?"), options)


def fans_to_leave_out(ref: DraftId, content: DraftContent) -> tuple[Choice, ...]:
    """The fans who do not get it, on any list."""
    options = tuple(
        ChoiceOption(value, tr(words.label), tr(words.hint), chosen=value in content.leave)
        for value, words in LEAVES.items()
    )
    return (Choice(LEAVE, ref, tr("Who is left out"), options, len(options), least=0),)


def templates_to_choose(ref: DraftId, offered: Sequence[tuple[str, str]]) -> tuple[Choice, ...]:
    """Words and ids of templates."""
    options = tuple(ChoiceOption(value, words[:_LABEL]) for words, value in offered[:_SHOWN])
    return (Choice(TEMPLATES, ref, tr("Choose a template"), options),) if options else ()


def vault_to_choose(
    ref: DraftId, content: DraftContent, offered: Sequence[tuple[str, str]]
) -> tuple[Choice, ...]:
    """Words and ids of items: those sold or given, and the one that everybody sees."""
    chosen, cover = ids_of(content.media), content.preview.strip().lower()

    def options(which: Sequence[str]) -> tuple[ChoiceOption, ...]:
        return tuple(
            ChoiceOption(value, words[:_LABEL], chosen=value in which) for words, value in offered[:_SHOWN]
        )

    if not offered:
        return ()
    items = Choice(ITEMS, ref, tr("What they get"), options(chosen), _SHOWN, least=0)
    if not chosen:
        return (items,)
    return items, Choice(COVER, ref, tr("What everyone sees before they buy"), options((cover,)), least=0)


def chosen_lists(
    before: Sequence[DraftList], known: Sequence[FanList], values: Sequence[str]
) -> tuple[DraftList, ...]:
    """The chosen lists, earlier ones in their order first."""
    by = {**{named(one).value: named(one) for one in known}, **{one.value: one for one in before}}
    kept = [one for one in before if one.value in values]
    return tuple(dict.fromkeys([*kept, *(by[value] for value in values if value in by)]))


def chosen_items(before: str, offered: Sequence[tuple[str, str]], values: Sequence[str]) -> str:
    """Ids that were chosen, and those that were typed and could not be chosen from."""
    shown = {value for _words, value in offered[:_SHOWN]}
    kept = [one for one in ids_of(before) if one not in shown or one in values]
    return " ".join(dict.fromkeys([*kept, *values]))


def _options(chosen: Sequence[DraftList], known: Sequence[FanList]) -> tuple[ChoiceOption, ...]:
    by = {named(one).value: one for one in known}
    first = [by.get(one.value) or FanList(one.kind, one.id, one.name, None) for one in chosen]
    taken = {one.value for one in chosen}
    others = [one for one in known if named(one).value not in taken]
    return tuple(
        ChoiceOption(
            named(one).value,
            one_line(one.name, _LABEL) or one.kind,
            tr("size not known") if one.size is None else fans(one.size),
            chosen=named(one).value in taken,
        )
        for one in [*first, *others][:_SHOWN]
    )
