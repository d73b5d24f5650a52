"""Items of a vault as tiles: a covered picture, or in its place a word (pure)."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

from bot.fanvue.figures import MediaRow
from bot.features.publishing.media import texts as media_texts
from bot.features.publishing.media.item_service import WITH_PICTURE, smallest_form
from bot.features.publishing.picker.texts import played
from bot.features.publishing.picker.thumbnails import length_of
from bot.model.language import tr
from bot.text.safe_text import one_line
from bot.web.team.views import ViewRequest
from storage.records import MediaId

_KIND: Final = 30  # letters


def address(asked: ViewRequest, media: MediaId) -> str:
    """Where the page has an item's picture."""
    return f"/page/{asked.creator}/vault/{media}.jpg"


def framed(word: str, name: str, picture: str) -> str:
    """The word stands below the picture, and is read where that does not come. `picture`: its address, or ''.

    The cover is a box without a name: no form sends it, and no script lifts it.
    """
    below = f'<span class="kind" aria-hidden="true">{escape(one_line(word, _KIND))}</span>'
    if not picture:
        return f'<div class="frame">{below}</div>'
    label = escape(tr("Uncover the picture of {name}", name=name))
    alt = escape(tr("Preview of {name}", name=name))
    return (
        f'<div class="frame">{below}'
        f'<input type="checkbox" class="peek" aria-label="{label}" autocomplete="off">'
        f'<img class="shot" src="{escape(picture)}" alt="{alt}" width="360" height="360" loading="lazy" '
        'decoding="async"></div>'
    )


def tile(asked: ViewRequest, row: MediaRow, *, shown: bool) -> str:
    """One row of the vault. `shown`: pictures may be seen here."""
    with_one = shown and media_texts.sendable(row) and may_have_picture(row)
    word = " · ".join(filter(None, [media_texts.kind_name(row), length(row)]))
    return framed(word, media_texts.name(row), address(asked, row.uuid) if with_one else "")


def chosen_frames(
    asked: ViewRequest, media: Sequence[MediaId], known: Mapping[MediaId, MediaRow], *, shown: bool
) -> Mapping[str, str]:
    """A frame for each of these, also where Fanvue said nothing of it."""
    empty = framed(tr("Item"), "", "")
    return {item: tile(asked, known[item], shown=shown) if item in known else empty for item in media}


def length(row: MediaRow) -> str:
    """How long it plays; '' for what does not, or where nobody said."""
    found = length_of(row)
    return played(found) if found else ""


def may_have_picture(row: MediaRow) -> bool:
    """Whether asking for it may give one: without its forms only its kind is known."""
    return smallest_form(row)[1] is not None if row.variants is not None else row.media_type in WITH_PICTURE
