"""Texts about items that were sent or sold before (pure)."""

from collections.abc import Mapping, Sequence

from bot.features.inbox.purchases.rules import ItemState, KnownItem, alike, counts
from bot.model.language import msgid, tr, tr_many
from bot.model.ports import Post
from bot.text.render import ABOUT_FAN
from bot.text.safe_text import safe
from storage.inbox.mass_offers import MassOffer
from storage.records import MediaId, Millis

ANYWAY = msgid("they get it anyway, once")
_MOST = 8  # of a question, and of each list of an answer
_TOLD = msgid("What we sent or saw on Fanvue.")
_UNNAMED = msgid("An item")
_MAY = msgid("Fanvue doesn't report who received mass messages, so this may be incomplete.")
_NOTHING = msgid("They got nothing from the vault, as far as we know.")
_SINCE = msgid(
    "Not bought: as far as Fanvue has told us. Items from before the bridge was linked may be missing."
)


def asked(media: Sequence[MediaId], known: Mapping[MediaId, KnownItem]) -> tuple[str, ...]:
    """The facts about items to be offered, and that somebody is to decide."""
    groups = alike(media, known)
    lines = [f"- {_places(places, len(media))}: {said(one)}" for one, places in groups[:_MOST]]
    if len(groups) > _MOST:
        lines.append(tr("- … and more of them"))
    head = (
        tr("**This fan may already have this.**")
        if all(one.how in (ItemState.MASS, ItemState.PLANNED, ItemState.UNSURE) for one, _ in groups)
        else tr("**This fan already got this.**")
    )
    return ("\n".join([head, *lines, f"-# {tr(_TOLD)}"]),)


def warned_for_all(media: Sequence[MediaId], known: Mapping[MediaId, KnownItem]) -> tuple[str, ...]:
    """The same of a mass message, in its preview."""
    groups = alike(media, known)
    if not groups:
        return ()
    lines = [f"- {_places(places, len(media))}: {_for_all(one)}" for one, places in groups[:_MOST]]
    return ("\n".join([tr("**Many fans already got this.**"), *lines]),)


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
    lines = [f"- {safe(names.get(item, tr(_UNNAMED)))}: {said(one)}" for item, one in newest[:_MOST]]
    if len(newest) > _MOST:
        lines.append(tr("- … and {older} older ones", older=len(newest) - _MOST))
    head = tr("**{items} sent, {bought} bought**", items=_items(sent), bought=bought) if own else tr(_NOTHING)
    may = [f"- {mass(one, now)}" for one in masses[:_MOST]]
    parts = ["\n".join([head, *lines])]
    if may:
        parts.append("\n".join([tr("**May have received:**"), *may]))
    notes = [tr(_SINCE), *([tr(_MAY)] if may else [])]
    return Post(
        title=tr("Items sent to {fan}", fan=fan),
        body=tuple(parts),
        small="\n".join(notes),
        buttons=(ABOUT_FAN,),
    )


def said(one: KnownItem) -> str:
    """An item's state with a fan, in a few words."""
    match one.how:
        case ItemState.BOUGHT:
            return tr("bought {day}", day=_day(one.at))
        case ItemState.UNSURE:
            return tr("may have been sent {day}, not confirmed yet", day=_day(one.at))
        case ItemState.UNDER_WAY:
            return tr("on its way to them right now")
        case ItemState.SENT:
            return tr("sent {day}, not bought", day=_day(one.at))
        case ItemState.GIVEN:
            return tr("sent {day} without a price", day=_day(one.at))
        case ItemState.MASS:
            return tr("they may have received it in the mass message of {day}", day=_day(one.at))
        case ItemState.PLANNED:
            return tr("in the mass message planned for {day}", day=_day(one.at))


def _for_all(one: KnownItem) -> str:
    return (
        tr("planned for {day}", day=_day(one.at))
        if one.how is ItemState.PLANNED
        else tr("mass message of {day}", day=_day(one.at))
    )


def mass(one: MassOffer, now: Millis) -> str:
    """The mass message, and its contents, in words."""
    day, items = _day(one.sent_at), _items(len(one.media))
    if one.sent_at > now:
        if one.price:
            return tr("the mass message of {day} (planned): {items} with a price", day=day, items=items)
        return tr("the mass message of {day} (planned): {items}", day=day, items=items)
    if one.price:
        return tr("the mass message of {day}: {items} with a price", day=day, items=items)
    return tr("the mass message of {day}: {items}", day=day, items=items)


def _places(places: Sequence[int], of: int) -> str:
    if of == 1:
        return tr("The item")
    if len(places) == of:
        return tr("All items")
    which = ", ".join(map(str, places))
    return (
        tr("Item {which} of {of}", which=which, of=of)
        if len(places) == 1
        else tr("Items {which} of {of}", which=which, of=of)
    )


def _items(number: int) -> str:
    return tr_many("{n} item", "{n} items", number, n=number)


def _day(at: Millis) -> str:
    return f"<t:{at // 1000}:D>"
