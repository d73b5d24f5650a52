"""Fetches people's attachments from Discord's store, from any byte on.

The address is Discord's own, and leads to Discord's store or nowhere. No token goes along, and it is in
no error: the address alone gives the file.
"""

from collections.abc import AsyncIterator

import aiohttp
from yarl import URL

from bot.model.errors import TargetGone, TryLater
from bot.model.language import english, msgid

_HOSTS = frozenset({"cdn.discordapp.com", "media.discordapp.net"})
_PIECE = 64 * 1024
_TIMES = aiohttp.ClientTimeout(total=None, sock_connect=5.0, sock_read=30.0)
_WHOLE, _PART = 200, 206
_OVER = frozenset({401, 403, 404, 410, 416})
_LATER = msgid("Discord is not providing the file right now; we try again automatically.")


class Attachments:
    def __init__(self, session: aiohttp.ClientSession, *, api_url: str) -> None:
        """`api_url`: of a stand-in, which keeps its files itself."""
        self._session = session
        self._own = URL(api_url)

    async def chunks(self, address: str, begin: int, length: int) -> AsyncIterator[bytes]:
        """So many bytes from there on. Raises Gone, and TryLater where a repeat may help."""
        url = self._checked(address)
        headers = {"Range": f"bytes={begin}-{begin + length - 1}", "Accept-Encoding": "identity"}
        try:
            async with self._session.get(
                url, headers=headers, timeout=_TIMES, allow_redirects=False
            ) as response:
                if response.status in _OVER:
                    raise TargetGone(english("Discord no longer provides this file."))
                if response.status not in {_WHOLE, _PART}:
                    raise TryLater(_LATER)
                left, skipped = length, begin if response.status == _WHOLE else 0
                async for chunk in response.content.iter_chunked(_PIECE):
                    piece = chunk[skipped : skipped + left]
                    skipped, left = max(skipped - len(chunk), 0), left - len(piece)
                    if piece:
                        yield piece
                    if not left:
                        break
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise TryLater(_LATER) from error
        if left:
            raise TryLater(_LATER)

    def _checked(self, address: str) -> URL:
        try:
            # As it is: what the signature in it signs must not be written in another way.
            url = URL(address, encoded=True)
        except ValueError as error:
            raise TargetGone(english("Discord named no readable address.")) from error
        if not _in_store(url, self._own):
            raise TargetGone(english("Discord named an address that is not its store."))
        return url


def is_in_store(address: str, api_url: str) -> bool:
    """Whether a file's address leads to where files are fetched from."""
    try:
        return _in_store(URL(address, encoded=True), URL(api_url))
    except ValueError:
        return False


def _in_store(url: URL, own: URL) -> bool:
    stored = url.scheme == "https" and url.host in _HOSTS and url.port == 443  # noqa: PLR2004 - of https
    return stored or (url.scheme, url.host, url.port) == (own.scheme, own.host, own.port)
