"""One item of a message: the picture in full, the video, the recording."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.fanvue.figures import MediaRow
from bot.fanvue.previews import NOT_A_PICTURE, NoPicture, PreviewPictures
from bot.features.publishing.media.fanvue import READY, VaultUnavailable
from bot.features.publishing.media.file_rules import sound_ending, video_ending
from bot.model.language import msgid, tr
from bot.model.ports import Picture, Sound
from bot.text.media_words import AUDIO, DOCUMENT, IMAGE, VIDEO

MAIN = "main"
_BLURRED = "blurred"
_STILLS = ("thumbnail", "thumbnail_gallery", _BLURRED)
WHOLE_FORMS = (MAIN, *_STILLS)
_LARGEST_PICTURE = 32 * 1024 * 1024  # as Fanvue has it; what is drawn of it is smaller
_AT_ONCE = 2  # items that are fetched at the same time
_NO_FILE = msgid("Fanvue has no file for it yet: it may still be processing. Try again in a minute.")
_NO_MAIN = msgid("Fanvue doesn't provide this file.")
_FOREIGN = msgid("It belongs to another account, so we don't show it here.")
_TOO_LARGE = msgid("It is too large for Discord.")
_STILL = msgid("This is a small picture of it.")
_BLURRED_STILL = msgid("This is a blurred picture of it.")
_NOT_PLAYED = msgid("Discord can't play this kind of file.")
_WORDS = {
    IMAGE: msgid("photo"),
    VIDEO: msgid("video"),
    AUDIO: msgid("voice note"),
    DOCUMENT: msgid("document"),
}
_ANY = msgid("item")


@dataclass(frozen=True)
class WholeItem:
    """What can be shown of an item. `why`: what is missing; `link`: opens what is too much for Discord."""

    row: MediaRow
    picture: Picture | None = None
    sound: Sound | None = None
    why: str = ""
    link: str | None = None

    @property
    def size(self) -> int:
        """The bytes that go with the answer."""
        return sum(len(one.content) for one in (self.picture, self.sound) if one is not None)

    @property
    def word(self) -> str:
        """What it is, in a word or two."""
        return tr(_WORDS.get(self.row.media_type or "", _ANY))


class WholeItemService:
    """Fetches one item. Nothing of it is kept, and it never fails: it says why not."""

    def __init__(self, previews: PreviewPictures) -> None:
        self._previews = previews
        self._turn = asyncio.Semaphore(_AT_ONCE)
        self._drawing = asyncio.Semaphore(1)  # a phone's photo takes 90 MB of memory meanwhile

    async def look(
        self,
        read: Callable[[], Awaitable[MediaRow]],
        *,
        known: MediaRow,
        number: int,
        most: int,
        ours: set[str],
    ) -> WholeItem:
        """The item as `read` says it is; it is asked once more where an address is over.

        `number` is in its name; `most`: the bytes that one file may have; `ours`: the accounts whose media
        may be shown.
        """
        for last in (False, True):
            try:
                row = await read()
            except VaultUnavailable as cannot:
                return WholeItem(known, why=str(cannot))
            if why := _why_never(row, ours):
                return WholeItem(row, why=why)
            try:
                async with self._turn:
                    return await self._fetched(row, number, most)
            except NoPicture as none:
                if last or not none.expired:
                    return WholeItem(row, why=tr("Not available: {why}.", why=tr(str(none))))
        raise AssertionError("unreachable")

    async def _fetched(self, row: MediaRow, number: int, most: int) -> WholeItem:
        given = _addresses(row)
        main = given.get(MAIN)
        if main is None:
            picture, said = await self._still(given, row, number)
            return WholeItem(row, picture, why=f"{tr(_NO_MAIN)} {said}".rstrip())
        try:
            return await self._main(row, main, number, most)
        except NoPicture as none:
            if none.expired:
                raise
            why = tr(_TOO_LARGE) if none.too_large else tr("Not available: {why}.", why=tr(str(none)))
            link = main if none.too_large or str(none) == NOT_A_PICTURE else None
            picture, said = await self._still(given, row, number)
            return WholeItem(row, picture, why=f"{why} {said}".rstrip(), link=self._led(link))

    async def _main(self, row: MediaRow, main: str, number: int, most: int) -> WholeItem:
        alt = tr("A covered {kind}", kind=tr(_WORDS.get(row.media_type or "", _ANY)))
        if row.media_type == IMAGE:
            found = await self._previews.whole(main, largest=_LARGEST_PICTURE)
            async with self._drawing:
                drawn = await asyncio.to_thread(_full, found, most)
            return WholeItem(row, Picture(f"SPOILER_photo-{number}.jpg", drawn, alt, spoiler=True))
        if row.media_type not in {VIDEO, AUDIO}:
            return WholeItem(row, why=tr(_NOT_PLAYED), link=self._led(main))
        content = await self._previews.whole(main, largest=most)
        if row.media_type == VIDEO and (ending := video_ending(content)):
            return WholeItem(row, Picture(f"SPOILER_video-{number}.{ending}", content, alt, spoiler=True))
        if row.media_type == AUDIO and (ending := sound_ending(content)):
            return WholeItem(row, sound=Sound(f"SPOILER_voice-{number}.{ending}", content, alt))
        return WholeItem(row, why=tr(_NOT_PLAYED), link=self._led(main))

    def _led(self, address: str | None) -> str | None:
        """An address that somebody may be led to, or none."""
        return address if address is not None and self._previews.may_lead_to(address) else None

    async def _still(
        self, given: Mapping[str, str], row: MediaRow, number: int
    ) -> tuple[Picture | None, str]:
        form = next((one for one in _STILLS if one in given), None)
        if form is None or row.media_type not in {IMAGE, VIDEO}:
            return None, ""
        try:
            small = await asyncio.to_thread(_reduced, await self._previews.fetch(given[form]))
        except NoPicture as none:
            if none.expired:
                raise
            return None, ""
        alt = tr("A covered picture of a {kind}", kind=tr(_WORDS[row.media_type]))
        picture = Picture(f"SPOILER_still-{number}.jpg", small, alt, spoiler=True)
        return picture, tr(_BLURRED_STILL) if form == _BLURRED else tr(_STILL)


def _why_never(row: MediaRow, ours: set[str]) -> str:
    """Why nothing of it is fetched at all."""
    if row.owner_uuid is not None and row.owner_uuid not in ours:
        return tr(_FOREIGN)
    return "" if row.status in {READY, None} and _addresses(row) else tr(_NO_FILE)


def _addresses(row: MediaRow) -> dict[str, str]:
    return {one.variant_type: one.url for one in reversed(row.variants or ()) if one.variant_type and one.url}


def _full(content: bytes, most: int) -> bytes:
    """Runs in a thread of its own."""
    from bot.features.publishing.media.pictures import full  # noqa: PLC0415 - Pillow takes 50 ms to import, and few starts look

    return full(content, most)


def _reduced(content: bytes) -> bytes:
    """Runs in a thread of its own."""
    from bot.features.publishing.media.pictures import reduced  # noqa: PLC0415 - likewise

    return reduced(content)
