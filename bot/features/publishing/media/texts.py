"""A vault in words: one short line for each item (pure)."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from bot.fanvue.figures import MediaRow
from bot.features.publishing.media.fanvue import READY, VaultQuery
from bot.features.publishing.media.item_service import WITH_PICTURE, MediaItemView
from bot.features.publishing.media.shelves import AT_ONCE, ON_A_PAGE, MediaShelf
from bot.model.choices import Choice, ChoiceOption
from bot.model.language import msgid, number_text, tr, tr_many
from bot.model.ports import Button, Post
from bot.text.moments import day_and_month
from bot.text.render import money
from bot.text.safe_text import in_quotes, one_line, safe
from storage.records import Link

KINDS = {
    "image": msgid("Pictures"),
    "video": msgid("Videos"),
    "audio": msgid("Audio"),
    "document": msgid("Documents"),
}
_ONE = {
    "image": msgid("Picture"),
    "video": msgid("Video"),
    "audio": msgid("Audio"),
    "document": msgid("Document"),
}
_IN_TITLE = {
    "image": msgid("pictures"),
    "video": msgid("videos"),
    "audio": msgid("audio"),
    "document": msgid("documents"),
}
_UNREADY = {
    "created": msgid("Not fully uploaded; it can't be sent yet"),
    "processing": msgid("Fanvue is still processing it; it can't be sent yet"),
    "error": msgid("Fanvue couldn't process it; it can't be sent"),
}
_NAME, _HANDLE, _LABEL, _SHORT = 60, 40, 100, 30
_BOUGHT = msgid("bought by this fan")
BLURRED = msgid("Fanvue has only a blurred preview.")
NO_COPY = msgid("Previews are covered, only you see them, and we keep no copy.")
CLOSED = msgid(
    "This list is closed: lists stay open for 15 minutes, and end at a restart. Run /media browse again."
)
_NOTHING = msgid(
    "Nothing in the vault matches. Run /media browse without options to see everything; "
    "`folder:` suggests the folders."
)
USE = msgid(
    "To send one: Reply → Add media in a fan's thread, Media and price in /mass new, Media … in /post new."
)
NO_KIND = msgid("We don't know that kind. Choose one from the list.")
NO_PICTURES_HERE = msgid(
    "Previews appear only in age-restricted channels, and this one isn't. Run /media "
    "browse in a fan's thread or in the alerts channel."
)


def page(shelf: MediaShelf, number: int, buttons: tuple[Button, ...], notice: str = "") -> Post:
    """One page of a shelf; `notice`: the problem on the way."""
    first = number * ON_A_PAGE + 1
    lines = [f"**{place}.** {line(row)}" for place, row in enumerate(shelf.page(number), start=first)]
    notes = [_extent(shelf, number)]
    if shelf.unreadable:
        notes.append(
            tr_many(
                "The list is missing {n} item that we couldn't read.",
                "The list is missing {n} items that we couldn't read.",
                shelf.unreadable,
            )
        )
    if lines:
        notes.append(tr("{use} Only you see this list; it closes after 15 minutes.", use=tr(USE)))
    body = ([notice] if notice else []) + ["\n".join(lines) or _nothing(shelf, number)]
    return Post(
        title=_title(shelf.link, shelf.wanted), body=tuple(body), small="\n".join(notes), buttons=buttons
    )


def choice(shelf: MediaShelf, number: int, ref: str) -> Choice | None:
    """The items of a page to look at; each option's value is its place on the page."""
    options = [
        ChoiceOption(
            str(place), label(f"{number * ON_A_PAGE + place + 1}. {plain_line(row, price=False)}"), when(row)
        )
        for place, row in enumerate(shelf.page(number))
    ]
    words = (
        tr("Show up to {most} of them, covered …", most=AT_ONCE)
        if len(options) > 1
        else tr("Show it, covered …")
    )
    return Choice("media.show", ref, words, tuple(options), AT_ONCE) if options else None


def items(seen: Sequence[MediaItemView], *, adult: bool) -> Post:
    """The chosen items; previews go with them as pictures. `adult`: whether the channel may show those."""
    several = len(seen) > 1
    lines = [
        f"**{place}.** {_told(one)}" if several else _told(one) for place, one in enumerate(seen, start=1)
    ]
    there = [one.row for one in seen if not one.trouble]
    ready = [row for row in there if sendable(row)]
    return Post(body=("\n".join(lines),), small="\n".join(_notes(seen, ready, adult=adult)) or None)


def _told(one: MediaItemView) -> str:
    return one.trouble or line(one.row)


def _notes(seen: Sequence[MediaItemView], ready: Sequence[MediaRow], *, adult: bool) -> Iterator[str]:
    for place, one in enumerate(seen, start=1):
        if one.why_not:
            yield (
                tr("No preview of {place}: {why}.", place=place, why=one.why_not)
                if len(seen) > 1
                else tr("No preview: {why}.", why=one.why_not)
            )
    shown = [one.preview for one in seen if one.preview is not None]
    if any(preview.blurred for preview in shown):
        yield tr(BLURRED)
    if shown:
        yield tr(NO_COPY)
    elif not adult and any(row.media_type in WITH_PICTURE for row in ready):
        yield tr(NO_PICTURES_HERE)
    if ready:
        yield tr(USE)


def line(row: MediaRow) -> str:
    """Kind, name, day, price: safe to be shown."""
    if not sendable(row):
        return _state(row)
    parts = [f"**{kind_name(row)}**", safe(called(row))]
    parts += [f"<t:{row.created_at // 1000}:d>"] if row.created_at is not None else []
    parts += [tr("suggested {price}", price=money(row.recommended_price))] if row.recommended_price else []
    parts += [f"**{tr(_BOUGHT)}**"] if row.purchased_by_fan else []
    return " · ".join(part for part in parts if part)


def plain_line(row: MediaRow, *, price: bool = True) -> str:
    """The same for places that know no formatting."""
    if not sendable(row):
        return _state(row)
    parts = [kind_name(row), called(row)]
    if price:
        parts += [when(row) or ""]
        parts += [money(row.recommended_price)] if row.recommended_price else []
    return " · ".join(part for part in parts if part)


def name(row: MediaRow) -> str:
    """Its name in a sentence: its kind, and its name; without one, its day."""
    return " · ".join(filter(None, [kind_name(row), called(row) or when(row)]))


def safe_name(row: MediaRow) -> str:
    """The same in short, safe to be shown."""
    return safe(one_line(name(row), _SHORT))


def called(row: MediaRow) -> str:
    """The creator's name for it, on one line."""
    return one_line(row.name or "", _NAME) or one_line(row.caption or "", _NAME)


def when(row: MediaRow) -> str | None:
    """The day on which it came into the vault, in UTC."""
    if row.created_at is None:
        return None
    day = datetime.fromtimestamp(row.created_at / 1000, tz=UTC)
    return f"{day_and_month(day)} {day.year}"


def sendable(row: MediaRow) -> bool:
    """Whether it can be sent now, as far as Fanvue tells."""
    return row.status in {READY, None}


def _state(row: MediaRow) -> str:
    return tr(_UNREADY.get(row.status or "", tr("Not ready; it can't be sent yet")))


def kind_name(row: MediaRow) -> str:
    return tr(_ONE.get(row.media_type or "", tr("Item")))


def _title(link: Link, wanted: VaultQuery) -> str:
    parts = [tr("Vault of @{handle}", handle=safe(one_line(link.handle, _HANDLE)))]
    parts += [tr(_IN_TITLE[wanted.kind])] if wanted.kind else []
    parts += [tr("folder “{name}”", name=safe(one_line(wanted.folder, _HANDLE)))] if wanted.folder else []
    parts += [in_quotes(safe(one_line(" ".join(wanted.words), _HANDLE)))] if wanted.words else []
    return ", ".join(parts)


def _extent(shelf: MediaShelf, number: int) -> str:
    shown = len(shelf.page(number))
    first = number * ON_A_PAGE + 1
    if not shown:
        return (
            ""
            if shelf.ended
            else tr("Searched {count} items so far; ▶ continues.", count=number_text(shelf.looked_at))
        )
    span = (
        tr("Items {first} to {last}", first=first, last=first + shown - 1)
        if shown > 1
        else tr("Item {first}", first=first)
    )
    if not shelf.goes_on(number):
        return (
            tr("{span}; that's all.", span=span)
            if number
            else tr_many("{n} item in all.", "{n} items in all.", shown)
        )
    if shelf.wanted.words and len(shelf.rows) <= (number + 1) * ON_A_PAGE:
        return tr(
            "{span}, found in {count} items so far; ▶ continues.",
            span=span,
            count=number_text(shelf.looked_at),
        )
    return tr("{span}; ▶ shows more.", span=span)


def _nothing(shelf: MediaShelf, number: int) -> str:
    if number:
        return tr("No more matches.") if shelf.ended else tr("No more matches yet.")
    if not shelf.ended:
        return tr("No matches yet.")
    wanted = shelf.wanted
    narrowed = wanted.kind or wanted.folder or wanted.words
    return tr(_NOTHING) if narrowed else tr("The vault is empty. Add files with /media upload.")


def label(text: str) -> str:
    """A text as an option may have it."""
    return one_line(text, _LABEL)


def labels(rows: Sequence[MediaRow]) -> list[tuple[str, MediaRow]]:
    """The items with what they are called in suggestions."""
    return [(label(plain_line(row)), row) for row in rows]
