"""Steps of a picker: items taken and put back, pages, prices (pure)."""

from collections.abc import Sequence
from dataclasses import replace

from bot.features.publishing.picker.model import MOST, PickedMessage, PickerBundle, PickerShelf
from bot.model.language import tr
from bot.model.ports import MessageToFan
from bot.relay.message_template import TEXT_LIMIT
from storage.inbox.price_limits import RolePriceLimits
from storage.records import Cents, MediaId

USUAL: tuple[Cents, ...] = (500, 1000, 1500, 2500, 5000)


class PickRefused(Exception):
    """Raised for a press that cannot count; str() is the sentence for its person."""


def toggled(message: MessageToFan, item: MediaId) -> MessageToFan:
    """With this item, or without it where it was in it. Raises PickRefused."""
    if item not in message.media:
        if len(message.media) >= MOST:
            raise PickRefused(tr("{most} items are the most. Take one out first.", most=MOST))
        return replace(message, media=(*message.media, item))
    media = tuple(one for one in message.media if one != item)
    return replace(message, media=media, preview=None if message.preview == item else message.preview)


def taken(now: PickedMessage, bundle: PickerBundle, *, prices: bool) -> PickedMessage:
    """With all of a bundle: its items, its price, and its text where none is written yet."""
    own, theirs = now.message, bundle.message
    message = MessageToFan(
        text=own.text or theirs.text,
        media=theirs.media,
        price=theirs.price if prices else own.price,
        preview=theirs.preview,
    )
    return replace(now, message=message, template=bundle.template)


def previewed(message: MessageToFan, place: int | None) -> MessageToFan:
    """With this of its items seen before it is bought; None: none is."""
    if place is None or not 0 <= place < len(message.media):
        return replace(message, preview=None)
    return replace(message, preview=message.media[place])


def written(now: PickedMessage, text: str) -> PickedMessage:
    """With this text. Where no window holds the one that is there, an empty one took nothing out."""
    if not text.strip() and len(now.message.text or "") > TEXT_LIMIT:
        return now
    return replace(now, message=replace(now.message, text=text.strip() or None))


def turned(shelf: PickerShelf, by: int) -> PickerShelf:
    return replace(shelf, page=max(shelf.page + by, 0), items=(), ref="")


def presets(limits: RolePriceLimits) -> tuple[Cents, ...]:
    """Prices to choose with one press: the usual ones that the limits allow, and the limits' own."""
    known = {*USUAL, *(one for one in (limits.usual_from, limits.usual_to) if one is not None)}
    return tuple(sorted(one for one in known if _within(one, limits)))


def missing(media: Sequence[MediaId], ready: Sequence[MediaId]) -> tuple[int, ...]:
    """The places, from 1 on, of items that are not ready."""
    return tuple(place for place, item in enumerate(media, start=1) if item not in ready)


def _within(price: Cents, limits: RolePriceLimits) -> bool:
    low, high = limits.floor or 0, limits.ceiling
    return price >= low and (high is None or price <= high)
