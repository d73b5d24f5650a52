"""Fetches one file from a signed address: few hosts, no redirect, limits.

The address comes out of an answer of Fanvue's and is not believed: it must lead to a host that the
settings name, and the name to a public address (`bot.egress.public_addresses`). No token goes with the
request, nothing is unpacked, and the address is in no error.
"""

import logging
from collections.abc import Collection, Sequence

import httpx

from bot.egress.public_addresses import Place
from bot.fanvue.errors import AnswerTooLong, RequestNotSent, RequestUnclear
from bot.fanvue.transport import HttpAnswer, exchange
from bot.model.language import msgid

log = logging.getLogger(__name__)

LARGEST = 8 * 1024 * 1024
_SECONDS = 10.0
_OK = 200
_PICTURE, _ANY = "image/*", "*/*"
_WHOLE_TIMES = 6  # so much longer a whole file may take
_GONE = frozenset({401, 403, 404, 410})  # how stores answer an address that is over
_PORTS = {"http": 80, "https": 443}
TOO_LARGE = msgid("it is too large to be shown here")
NOT_A_PICTURE = msgid("what Fanvue gave is not a picture")


class NoPicture(Exception):
    """Raised where there is no picture or file; its text is the reason for a person.

    `expired`: a fresh address may help. `too_large`: it is there, and longer than was wanted.
    """

    def __init__(self, reason: str, *, expired: bool = False, too_large: bool = False) -> None:
        super().__init__(reason)
        self.expired = expired
        self.too_large = too_large


class PreviewPictures:
    """Pictures behind Fanvue's signed addresses."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        *,
        api_url: str,
        hosts: Sequence[str],
        private: Sequence[Place] = (),
        seconds: float = _SECONDS,
    ) -> None:
        """`hosts`: names that may be read by https, with all under them.

        `private`: places that may be read as they are, also without TLS; Fanvue's API is one.
        """
        self._http = http
        self._hosts = tuple(host.lower().strip(".") for host in hosts)
        own = place_of(httpx.URL(api_url))
        self._exact = {*private, *((own,) if own else ())}
        self._seconds = seconds

    async def fetch(self, address: str) -> bytes:
        """The bytes of a picture, as they were sent. Raises NoPicture."""
        answer = await self._answer(address, accept=_PICTURE, largest=LARGEST, seconds=self._seconds)
        if not answer.headers.get("Content-Type", "").lower().startswith("image/"):
            raise NoPicture(NOT_A_PICTURE)
        return answer.body

    async def whole(self, address: str, *, largest: int) -> bytes:
        """The bytes of a file of whatever type, if there are at most `largest`. Raises NoPicture."""
        seconds = _WHOLE_TIMES * self._seconds
        return (await self._answer(address, accept=_ANY, largest=largest, seconds=seconds)).body

    def may_lead_to(self, address: str) -> bool:
        """Whether a person may be given this address to open it themselves."""
        try:
            return self.reads(httpx.URL(address))
        except httpx.InvalidURL:
            return False

    async def _answer(self, address: str, *, accept: str, largest: int, seconds: float) -> HttpAnswer:
        try:
            url = httpx.URL(address)  # judged and used in one reading of it
            if not self.reads(url):
                log.warning(
                    "a preview leads to a host that is not in FANVUE_MEDIA_HOSTS", extra={"host": url.host}
                )
                raise NoPicture(msgid("Fanvue named an address that this bridge does not read from"))
            asked = {"Accept": accept, "Accept-Encoding": "identity"}
            request = self._http.build_request("GET", url, headers=asked)
            answer = await exchange(self._http, request, total=seconds, largest=largest, as_sent=True)
        except AnswerTooLong as large:
            raise NoPicture(TOO_LARGE, too_large=True) from large
        except (RequestNotSent, RequestUnclear, ValueError, httpx.InvalidURL) as failed:
            raise NoPicture(msgid("it could not be fetched from Fanvue right now")) from failed
        if answer.status in _GONE:
            raise NoPicture(msgid("the address that Fanvue gave for it was no longer valid"), expired=True)
        if answer.status != _OK:
            raise NoPicture(msgid("Fanvue did not give it out"))
        if answer.headers.get("Content-Encoding", "identity").lower() != "identity":
            raise NoPicture(NOT_A_PICTURE)  # packed, although it was asked for as it is
        return answer

    def reads(self, url: httpx.URL) -> bool:
        """Whether this address is one that may be read from."""
        return is_named(url, self._hosts, self._exact)


def is_named(url: httpx.URL, hosts: Sequence[str], exact: Collection[Place]) -> bool:
    """Whether an address is at one of these places, or by https at one of these hosts or under it."""
    place = place_of(url)
    if place is None or place in exact:
        return place is not None
    host, port = place
    named = any(host == one or host.endswith(f".{one}") for one in hosts)
    return named and port == _PORTS["https"] and url.scheme == "https"


def place_of(url: httpx.URL) -> Place | None:
    """Host and port of an address of the web; None for everything else, also with a user name in it."""
    if url.scheme not in _PORTS or not url.host or url.userinfo:
        return None
    return url.host, _PORTS[url.scheme] if url.port is None else url.port
