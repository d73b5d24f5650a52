"""Small pictures beside names, fetched as an answer is made, kept nowhere."""

import asyncio

from bot.fanvue.previews import PreviewPictures

_SIDE = 160  # pixels: it stands beside a name


class SmallPictures:
    """One at a time, because decoding takes memory."""

    def __init__(self, previews: PreviewPictures) -> None:
        self._previews = previews
        self._turn = asyncio.Semaphore(1)

    async def at(self, address: str) -> bytes:
        """The picture at an address that Fanvue named, as JPEG. Raises NoPicture."""
        content = await self._previews.fetch(address)
        async with self._turn:
            return await asyncio.to_thread(_small, content)


def _small(content: bytes) -> bytes:
    """Runs in a thread of its own."""
    from bot.features.publishing.media.pictures import reduced  # noqa: PLC0415 - Pillow takes 50 ms to import, and few starts ask

    return reduced(content, _SIDE)
