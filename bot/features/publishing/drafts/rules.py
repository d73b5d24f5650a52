"""The parts of a mass message that are missing, or cannot be sent (pure)."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.features.publishing.drafts.model import DraftContent, DraftList
from bot.features.publishing.mass_messages.audience import FanList
from bot.features.publishing.mass_messages.model import typed
from bot.features.publishing.proposals.model import ProposalRefused
from bot.model.language import msgid, number_text, tr
from bot.relay.carried_drafts import DRAFTED
from bot.relay.message_template import CAME_FROM
from bot.text.price_input import NotAPrice, cents_of, ids_of
from bot.text.reply_rules import NOT_SENT, TEXT_LIMIT
from bot.text.safe_text import one_line, safe
from bot.text.template_variables import SHARED, BadTemplateText, fill_typed
from bot.text.typed_times import still_ahead
from storage.records import Millis

MOST = 10  # lists on either side, as the preview has it
_CHANGE = msgid("Press **Media and price** to change it.")
_NAME = 40


def missing(content: DraftContent) -> list[str]:
    """The parts not filled in yet."""
    lacks = [] if content.to else [tr("who gets it")]
    return lacks if content.text.strip() or ids_of(content.media) else [*lacks, tr("what they get")]


def wrong(content: DraftContent, known: Sequence[FanList] | None, now: Millis) -> list[str]:
    """Sentences about what cannot be sent so, each with what to do; `known`: None where nobody knows."""
    return [*_about_lists(content, known), *_about_message(content), *_about_time(content, now)]


def carried(content: DraftContent) -> Mapping[str, Any]:
    """The proposal. Raises ProposalRefused or NotAPrice for problems that `wrong` tells."""
    return {
        **typed(
            content.text, cents_of(content.price), ids_of(content.media), content.preview.strip() or None
        ),
        "to": [_packed(one) for one in content.to],
        "without": [_packed(one) for one in content.without],
        "at": content.at,
        "leave": list(content.leave),
        CAME_FROM: content.template,
        **({DRAFTED: content.drafted} if content.drafted else {}),
    }


def sizes(content: DraftContent, known: Sequence[FanList]) -> tuple[tuple[FanList, ...], tuple[FanList, ...]]:
    """The chosen lists as they are now; one that is gone has no size."""
    by = {(one.kind, one.id): one for one in known}

    def found(side: Sequence[DraftList]) -> tuple[FanList, ...]:
        return tuple(by.get((one.kind, one.id)) or FanList(one.kind, one.id, one.name, None) for one in side)

    return found(content.to), found(content.without)


def _about_lists(content: DraftContent, known: Sequence[FanList] | None) -> list[str]:
    told = []
    both = [one for one in content.to if one.value in {other.value for other in content.without}]
    if both:
        told.append(
            tr(
                "{names}: chosen both to get it and not to. Remove it from one of the two.",
                names=_names(both),
            )
        )
    if max(len(content.to), len(content.without)) > MOST:
        told.append(tr("That is more than {most} lists on one side. Remove some.", most=MOST))
    if sought := ", ".join(filter(None, (content.sought_to, content.sought_without))):
        told.append(
            tr(
                "No list matches “{said}”. Press **Find a list** and write it as Fanvue does.",
                said=_said(sought),
            )
        )
    if known is None:
        return told
    there = {(one.kind, one.id) for one in known}
    if gone := [one for one in (*content.to, *content.without) if (one.kind, one.id) not in there]:
        told.append(tr("{names}: no longer on Fanvue. Remove it.", names=_names(gone)))
    to, _without = sizes(content, known)
    if to and all(one.size == 0 for one in to):
        told.append(tr("Nobody is on the chosen lists right now. Choose another one."))
    return told


def _about_message(content: DraftContent) -> list[str]:
    length = len(content.text.strip())
    if length > TEXT_LIMIT:
        return [
            tr(
                "That is {length} characters, and Fanvue takes {most}. Press **Write** and shorten it.",
                length=number_text(length),
                most=number_text(TEXT_LIMIT),
            )
        ]
    if not any((content.text.strip(), content.price, content.media, content.preview)):
        return []
    try:
        fill_typed(content.text, dict.fromkeys(SHARED, ""))
    except BadTemplateText as bad:
        return [tr("{bad} Press **Write** to change it.", bad=bad)]
    try:
        typed(content.text, cents_of(content.price), ids_of(content.media), content.preview.strip() or None)
    except (NotAPrice, ProposalRefused) as refused:
        return [f"{str(refused).removesuffix(f' {tr(NOT_SENT)}')} {tr(_CHANGE)}"]
    return []


def _about_time(content: DraftContent, now: Millis) -> list[str]:
    if content.wrong:
        return [
            tr(
                "“{said}”: {wrong} Press **When** to change it.",
                said=_said(content.when),
                wrong=content.wrong,
            )
        ]
    if not still_ahead(content.at, now):
        return [tr("The planned time has passed. Press **When** and choose another.")]
    return []


def _packed(one: DraftList) -> dict[str, str]:
    return {"kind": one.kind, "id": one.id, "name": one.name}


def _names(lists: Sequence[DraftList]) -> str:
    return ", ".join(dict.fromkeys(_said(one.name) for one in lists))


def _said(words: str) -> str:
    return safe(one_line(words, _NAME))
