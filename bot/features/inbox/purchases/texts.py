"""Texts about items that were sent or sold before (pure)."""

from collections.abc import Mapping, Sequence

from bot.features.inbox.purchases.rules import ItemState, KnownItem, alike, counts
from bot.model.ports import Post
from bot.text.render import ABOUT_FAN
from bot.text.safe_text import safe
from storage.inbox.mass_offers import MassOffer
from storage.records import MediaId, Millis

ANYWAY = "they get it anyway, once"
_MOST = 8  # of a question, and of each list of an answer
_TOLD = "What we sent or saw on Fanvue."
_UNNAMED = "An item"
_MAY = "Fanvue doesn't report who received mass messages, so this may be incomplete."
_NOTHING = "They got nothing from the vault, as far as we know."
_SINCE = "Not bought: as far as Fanvue has told us. Items from before the bridge was linked may be missing."


def asked(media: Sequence[MediaId], known: Mapping[MediaId, KnownItem]) -> tuple[str, ...]:
    """The facts about items to be offered, and that somebody is to decide."""
    groups = alike(media, known)
    lines = [f"- {_places(places, len(media))}: {said(one)}" for one, places in groups[:_MOST]]
    if len(groups) > _MOST:
        lines.append("- … and more of them")
    head = "**This fan may already have this.**" if _only_may(groups) else "**This fan already got this.**"
    return ("\n".join([head, *lines, f"-# {_TOLD}"]),)


def warned_for_all(media: Sequence[MediaId], known: Mapping[MediaId, KnownItem]) -> tuple[str, ...]:
    """The same of a mass message, in its preview."""
    groups = alike(media, known)
    if not groups:
        return ()
    lines = [f"- {_places(places, len(media))}: {_for_all(one)}" for one, places in groups[:_MOST]]
    return ("\n".join(["**Many fans already got this.**", *lines]),)


def shown(
    fan: str,
    known: Mapping[MediaId, KnownItem],
    masses: Sequence[MassOffer],
    names: Mapping[str, str],
    *,
    now: Millis,
) -> Post:
    """For one member: items that went to the fan, who is named `fan`, and mass messages that may have."""
    sent, bought = counts(known)
    own = {item: one for item, one in known.items() if one.how not in (ItemState.MASS, ItemState.PLANNED)}
    newest = sorted(own.items(), key=lambda one: (-one[1].at, one[0]))
    lines = [f"- {safe(names.get(item, _UNNAMED))}: {said(one)}" for item, one in newest[:_MOST]]
    if len(newest) > _MOST:
        lines.append(f"- … and {len(newest) - _MOST} older ones")
    head = f"**{_items(sent)} sent, {bought} bought**" if own else _NOTHING
    may = [f"- {mass(one, now)}" for one in masses[:_MOST]]
    parts = ["\n".join([head, *lines])]
    if may:
        parts.append("\n".join(["**May have received:**", *may]))
    notes = [_SINCE, *([_MAY] if may else [])]
    return Post(title=f"Items sent to {fan}", body=tuple(parts), small="\n".join(notes), buttons=(ABOUT_FAN,))


def said(one: KnownItem) -> str:
    """An item's state with a fan, in a few words."""
    match one.how:
        case ItemState.BOUGHT:
            return f"bought {_day(one.at)}"
        case ItemState.UNSURE:
            return f"may have been sent {_day(one.at)}, not confirmed yet"
        case ItemState.UNDER_WAY:
            return "on its way to them right now"
        case ItemState.SENT:
            return f"sent {_day(one.at)}, not bought"
        case ItemState.GIVEN:
            return f"sent {_day(one.at)} without a price"
        case ItemState.MASS:
            return f"they may have received it in the mass message of {_day(one.at)}"
        case ItemState.PLANNED:
            return f"in the mass message planned for {_day(one.at)}"


def _for_all(one: KnownItem) -> str:
    return (
        f"planned for {_day(one.at)}" if one.how is ItemState.PLANNED else f"mass message of {_day(one.at)}"
    )


def mass(one: MassOffer, now: Millis) -> str:
    """The mass message, and its contents, in words."""
    planned = " (planned)" if one.sent_at > now else ""
    price = " with a price" if one.price else ""
    return f"the mass message of {_day(one.sent_at)}{planned}: {_items(len(one.media))}{price}"


def _only_may(groups: Sequence[tuple[KnownItem, list[int]]]) -> bool:
    return all(one.how in (ItemState.MASS, ItemState.PLANNED, ItemState.UNSURE) for one, _ in groups)


def _places(places: Sequence[int], of: int) -> str:
    if of == 1:
        return "The item"
    if len(places) == of:
        return "All items"
    which = ", ".join(map(str, places))
    return f"Item {which} of {of}" if len(places) == 1 else f"Items {which} of {of}"


def _items(number: int) -> str:
    return f"{number} item" if number == 1 else f"{number} items"


def _day(at: Millis) -> str:
    return f"<t:{at // 1000}:D>"
