"""Sends one part of a file to the signed address that Fanvue named for it.

No token goes along, the bytes are never held together, and the address is in no error. It must lead by https
to a host that the settings name, and that to a public address (`bot.egress.public_addresses`); or to a place
that they name.
"""

import logging
from collections.abc import AsyncIterator, Collection, Sequence

import httpx

from bot.egress.public_addresses import Place
from bot.fanvue.errors import ObjectNotFound, RequestInvalid, RequestNotSent, RequestUnclear
from bot.fanvue.previews import is_named, place_of
from bot.fanvue.transport import exchange

log = logging.getLogger(__name__)

_SECONDS = 60.0
_SLOWEST = 64 * 1024  # bytes a second that a line must carry; slower, and the attempt is given up
_LARGEST_ANSWER = 64 * 1024
_OVER = frozenset({401, 403, 410})  # how stores answer an address that is over
_GONE = 404


class SourceFailed(Exception):
    """Raised by a source without any bytes to give; str() is a sentence for a person."""


class PartStore:
    """The store of parts' bytes."""

    def __init__(
        self, http: httpx.AsyncClient, *, api_url: str, hosts: Sequence[str], private: Collection[Place] = ()
    ) -> None:
        """`hosts`: names that may be written to by https, with all under them.

        `private`: places that may be written to without TLS; Fanvue's API is one.
        """
        own = place_of(httpx.URL(api_url))
        self._http = http
        self._hosts = tuple(host.lower().strip(".") for host in hosts)
        self._exact = {*private, *((own,) if own else ())}

    async def put(self, address: str, chunks: AsyncIterator[bytes], size: int) -> str:
        """Store one part; its tag. Raises what the API raises, and SourceFailed.

        Once more is the same: the store keeps the last bytes of a part.
        """
        source = _PartBytes(chunks)
        request = self._request(address, source, size)
        try:
            answer = await exchange(
                self._http, request, total=_SECONDS + size / _SLOWEST, largest=_LARGEST_ANSWER
            )
        except (RequestNotSent, RequestUnclear):
            if source.failed is not None:  # the transport tells it as a connection that was lost
                raise source.failed from None
            raise
        if answer.status in _OVER:
            raise RequestNotSent("the address of a part was over")
        if answer.status == _GONE:
            raise ObjectNotFound("the store knows no such upload")
        if answer.status // 100 == 4:  # noqa: PLR2004 - HTTP's own numbers
            raise RequestInvalid(f"the store refused a part: status {answer.status}")
        tag = answer.headers.get("ETag", "")
        if answer.status // 100 != 2 or not tag:  # noqa: PLR2004 - likewise
            raise RequestUnclear(f"the store answered {answer.status}")
        return tag

    def _request(self, address: str, source: "_PartBytes", size: int) -> httpx.Request:
        try:
            url = httpx.URL(address)
            if not is_named(url, self._hosts, self._exact):
                log.warning(
                    "a part leads to a host that is not in FANVUE_UPLOAD_HOSTS", extra={"host": url.host}
                )
                raise UnknownPartHost(
                    "Fanvue named a host for this file that FANVUE_UPLOAD_HOSTS does not name"
                )
            # The length is said beforehand: such stores take no body of unknown length.
            headers = {"Content-Length": str(size)}
            return self._http.build_request("PUT", url, content=source, headers=headers)
        except (ValueError, httpx.InvalidURL) as error:
            raise RequestUnclear("Fanvue named no readable address for a part") from error


class UnknownPartHost(RequestInvalid):
    """Raised where the address leads to a host that nothing is sent to."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, reasons=(reason,))


class _PartBytes:
    """The bytes as they come; remembers why they ended early."""

    def __init__(self, chunks: AsyncIterator[bytes]) -> None:
        self._chunks = chunks
        self.failed: SourceFailed | None = None

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            async for chunk in self._chunks:
                yield chunk
        except SourceFailed as failed:
            self.failed = failed
            raise
