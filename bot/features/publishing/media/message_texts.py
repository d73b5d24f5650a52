"""What is said about a message's media, shown or not."""

from collections.abc import Iterator, Sequence

from bot.features.publishing.media.file_rules import ends_at
from bot.features.publishing.media.whole_item_service import MAIN, WholeItem
from bot.model.language import msgid, tr
from bot.text.media_words import media_listed
from storage.records import Millis

NOT_HERE = msgid(
    "Media appear only in age-restricted channels, and this one isn't. Someone who "
    "manages the server fixes it with /setup."
)
NOT_CONNECTED = msgid("No media: this creator is not connected to Fanvue right now. The owner uses /link.")
NO_MESSAGE = msgid("Fanvue no longer has this message, or it is too old to find there.")
NO_MEDIA = msgid("Fanvue no longer has the media of this message.")
NOT_GIVEN = msgid("Fanvue doesn't provide it.")
NEXT, CLOSE = msgid("Next"), msgid("Close")
OVER = msgid("This answer is closed. Press Show on the line to see it again.")
_LINK = msgid("Anyone with the link can open the file {until}: don't share it.")


def nothing(why: str) -> str:
    """Why nothing at all can be shown."""
    return tr("No media: {why}", why=why)


def extent(seen: Sequence[WholeItem], *, first: int, number: int) -> str:
    """What it is, and which of all."""
    said = media_listed([(one.row.media_type, _length(one)) for one in seen])
    if len(seen) == number:
        return said
    span = (
        tr("{first} to {last}", first=first + 1, last=first + len(seen)) if len(seen) > 1 else f"{first + 1}"
    )
    return tr("{items} (number {which} of {number})", items=said, which=span, number=number)


def notes(seen: Sequence[WholeItem], *, first: int, number: int) -> Iterator[str]:
    """What is missing of it; equal reasons are said once. `number`: of all."""
    lacking: dict[str, list[int]] = {}
    for place, one in enumerate(seen, start=first + 1):
        if one.why:
            lacking.setdefault(one.why, []).append(place)
    for why, places in lacking.items():
        yield tr("Number {which}: {why}", which=_listed(places), why=why) if number > 1 else why
    addresses = [one.link for one in seen if one.link is not None]
    if addresses:
        ends = [end for end in map(ends_at, addresses) if end is not None]
        yield tr(_LINK, until=tr("until <t:{at}:t>", at=max(ends) // 1000) if ends else tr("for a while"))


def links(seen: Sequence[WholeItem], *, first: int) -> Sequence[tuple[str, str]]:
    """The words and the address of what Discord does not take."""
    return [
        (tr("Open {kind} {place} on Fanvue", kind=one.word, place=place), one.link)
        for place, one in enumerate(seen, start=first + 1)
        if one.link is not None
    ]


def closes(at: Millis) -> str:
    """How long the answer stays."""
    return tr("No copy is kept. This answer closes <t:{at}:R>.", at=at // 1000)


def _length(one: WholeItem) -> Millis | None:
    told = {form.variant_type: form.length_ms for form in one.row.variants or ()}
    return told.get(MAIN) or next((length for length in told.values() if length), None)


def _listed(places: Sequence[int]) -> str:
    *rest, last = map(str, places)
    return tr("{rest} and {last}", rest=", ".join(rest), last=last) if rest else last
