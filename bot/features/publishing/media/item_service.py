"""One item of a vault with its preview: which form, fetched how, and why not."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.fanvue.figures import MediaRow
from bot.fanvue.previews import NoPicture, PreviewPictures
from bot.features.publishing.media.fanvue import READY, FanvueVault, VaultUnavailable
from bot.model.language import tr
from bot.model.ports import Picture
from storage.records import FanId, Link

# The smallest first. The file itself only where it is a picture and there is no other form.
_BLURRED = "blurred"
_FORMS = ("thumbnail", "thumbnail_gallery", _BLURRED)
_WHOLE = "main"
FORMS = (*_FORMS, _WHOLE)
_PICTURE = "image"
WITH_PICTURE = frozenset({_PICTURE, "video"})
_AT_ONCE = 2  # pictures that are decoded at the same time


@dataclass(frozen=True)
class MediaPreview:
    """A small picture of an item."""

    content: bytes
    alt: str
    blurred: bool


@dataclass(frozen=True)
class MediaItemView:
    """An item, and its preview or the reason why there is none; `trouble`: it could not even be read."""

    row: MediaRow
    preview: MediaPreview | None = None
    why_not: str = ""
    trouble: str = ""


class MediaItemService:
    """Shows one item. Nothing of it is kept."""

    def __init__(self, vault: FanvueVault, previews: PreviewPictures) -> None:
        self._vault = vault
        self._previews = previews
        self._turn = asyncio.Semaphore(_AT_ONCE)

    async def item(self, link: Link, known: MediaRow, fan: FanId | None, *, picture: bool) -> MediaItemView:
        """The item as it is now. Without `picture` no address is asked for."""
        forms = FORMS if picture else ()
        return await self.look(known, lambda: self._vault.item(link, known.uuid, forms, fan), picture=picture)

    async def look(
        self,
        known: MediaRow,
        read: Callable[[], Awaitable[MediaRow]],
        *,
        picture: bool = True,
        side: int | None = None,
    ) -> MediaItemView:
        """The item as `read` says it is; it is asked once more where an address is over.

        `side`: pixels of the picture's longer side; None: as large as a picture is shown here.
        """
        for last in (False, True):
            try:
                row = await read()
            except VaultUnavailable as cannot:
                return MediaItemView(known, trouble=str(cannot))
            if not picture or row.status not in {READY, None}:
                return MediaItemView(row)
            form, address = smallest_form(row)
            if address is None:
                return MediaItemView(row, why_not=_no_form(row))
            try:
                content = await self._fetched(address, side)
                return MediaItemView(row, MediaPreview(content, _alt(row), form == _BLURRED))
            except NoPicture as none:
                if last or not none.expired:  # an address that is over is asked for once more
                    return MediaItemView(row, why_not=tr("media unavailable, {why}", why=tr(str(none))))
        raise AssertionError("unreachable")

    async def _fetched(self, address: str, side: int | None) -> bytes:
        async with self._turn:
            return await asyncio.to_thread(_reduced, await self._previews.fetch(address), side)


def pictures_of(seen: Sequence[MediaItemView]) -> Sequence[Picture]:
    """The previews as files of a message, each covered."""
    return [
        Picture(f"SPOILER_preview-{number}.jpg", one.preview.content, one.preview.alt, spoiler=True)
        for number, one in enumerate(seen, start=1)
        if one.preview is not None
    ]


def smallest_form(row: MediaRow) -> tuple[str, str | None]:
    """Which of its forms is shown, and its address; None: it has no picture."""
    given = {one.variant_type: one.url for one in reversed(row.variants or ()) if one.url}
    forms: Sequence[str] = FORMS if row.media_type == _PICTURE else _FORMS
    return next(((form, given[form]) for form in forms if form in given), ("", None))


def _no_form(row: MediaRow) -> str:
    if row.media_type in WITH_PICTURE:
        return tr("Fanvue has no picture of it")
    return (
        tr("an audio file has no picture") if row.media_type == "audio" else tr("such a file has no picture")
    )


def _alt(row: MediaRow) -> str:
    what = {_PICTURE: tr("a picture"), "video": tr("a video")}.get(row.media_type or "", tr("an item"))
    return tr("A covered preview of {what}", what=what)


def _reduced(content: bytes, side: int | None) -> bytes:
    """Runs in a thread of its own."""
    from bot.features.publishing.media.pictures import SIDE, reduced  # noqa: PLC0415 - Pillow takes 50 ms to import, and few starts look

    return reduced(content, side or SIDE)
