"""What is said about a message's media, shown or not."""

from collections.abc import Iterator, Sequence

from bot.features.publishing.media.file_rules import ends_at
from bot.features.publishing.media.whole_item_service import MAIN, WholeItem
from bot.text.media_words import media_listed
from storage.records import Millis

NOT_HERE = (
    "Media appear only in age-restricted channels, and this one isn't. Someone who manages the "
    "server fixes it with /setup."
)
NOT_CONNECTED = "No media: this creator is not connected to Fanvue right now. The owner uses /link."
NO_MESSAGE = "Fanvue no longer has this message, or it is too old to find there."
NO_MEDIA = "Fanvue no longer has the media of this message."
NOT_GIVEN = "Fanvue doesn't provide it."
NEXT, CLOSE = "Next", "Close"
OVER = "This answer is closed. Press Show on the line to see it again."
_LINK = "Anyone with the link can open the file {until}: don't share it."
_CLOSES = "No copy is kept. This answer closes <t:{at}:R>."


def nothing(why: str) -> str:
    """Why nothing at all can be shown."""
    return f"No media: {why}"


def extent(seen: Sequence[WholeItem], *, first: int, number: int) -> str:
    """What it is, and which of all."""
    said = media_listed([(one.row.media_type, _length(one)) for one in seen])
    if len(seen) == number:
        return said
    span = f"{first + 1} to {first + len(seen)}" if len(seen) > 1 else f"{first + 1}"
    return f"{said} (number {span} of {number})"


def notes(seen: Sequence[WholeItem], *, first: int, number: int) -> Iterator[str]:
    """What is missing of it; equal reasons are said once. `number`: of all."""
    lacking: dict[str, list[int]] = {}
    for place, one in enumerate(seen, start=first + 1):
        if one.why:
            lacking.setdefault(one.why, []).append(place)
    for why, places in lacking.items():
        yield f"Number {_listed(places)}: {why}" if number > 1 else why
    addresses = [one.link for one in seen if one.link is not None]
    if addresses:
        ends = [end for end in map(ends_at, addresses) if end is not None]
        yield _LINK.format(until=f"until <t:{max(ends) // 1000}:t>" if ends else "for a while")


def links(seen: Sequence[WholeItem], *, first: int) -> Sequence[tuple[str, str]]:
    """The words and the address of what Discord does not take."""
    return [
        (f"Open {one.word} {place} on Fanvue", one.link)
        for place, one in enumerate(seen, start=first + 1)
        if one.link is not None
    ]


def closes(at: Millis) -> str:
    """How long the answer stays."""
    return _CLOSES.format(at=at // 1000)


def _length(one: WholeItem) -> Millis | None:
    told = {form.variant_type: form.length_ms for form in one.row.variants or ()}
    return told.get(MAIN) or next((length for length in told.values() if length), None)


def _listed(places: Sequence[int]) -> str:
    *rest, last = map(str, places)
    return f"{', '.join(rest)} and {last}" if rest else last
