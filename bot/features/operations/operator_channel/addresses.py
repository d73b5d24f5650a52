"""The operator's addresses: a webhook, a topic of ntfy, a dead man's switch."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, ClassVar, Final

import aiohttp

from bot.features.operations.operator_channel import texts
from bot.settings.model import Settings
from storage.records import Millis

_SECONDS: Final = 10.0
# What the libraries raise: no network, no answer in time, an address or a certificate that does not do.
_NOT_SENT: Final = (aiohttp.ClientError, TimeoutError, OSError, ValueError)


@dataclass(frozen=True)
class ProblemNews:
    """A problem began or ended."""

    check: str
    ended: bool
    urgent: bool  # it must work, and does not
    at: Millis
    process: str = ""  # its roles, if it is not all there is

    @property
    def text(self) -> str:
        said = texts.ended(self.check) if self.ended else texts.begun(self.check)
        return f"{said} ({self.process})" if self.process else said


@dataclass(frozen=True)
class OperatorAddress:
    """One address. Its URL is a secret: it is all that somebody needs who wants to write there."""

    kind: str
    url: str = field(repr=False)
    seconds: float = _SECONDS

    async def send(self, session: aiohttp.ClientSession, news: ProblemNews) -> str:
        """One try; why it has not surely arrived, '' if it has."""
        sent = _as_topic(news) if self.kind == "ntfy" else _as_json(news)
        return await _missed(session, "POST", self.url, self.seconds, **sent)


@dataclass(frozen=True)
class DeadMansSwitch:
    """It raises the alarm when it hears nothing, or that something is wrong."""

    kind: ClassVar = "ping"
    url: str = field(repr=False)
    seconds: float = _SECONDS

    async def ping(self, session: aiohttp.ClientSession, *, well: bool) -> str:
        """Likewise."""
        url = self.url if well else f"{self.url}/fail"
        return await _missed(session, "GET", url, self.seconds)


def addresses_of(settings: Settings) -> tuple[OperatorAddress, ...]:
    """Those that the settings name."""
    named = {"webhook": settings.operator_webhook_url, "ntfy": settings.operator_ntfy_url}
    return tuple(OperatorAddress(kind, url) for kind, url in named.items() if url)


def switch_of(settings: Settings) -> DeadMansSwitch | None:
    """The one that the settings name."""
    url = settings.operator_ping_url
    return DeadMansSwitch(url.rstrip("/")) if url else None


def addresses_named(settings: Settings) -> tuple[str, ...]:
    """All that this feature speaks to; the operator may have them in their own network."""
    switch = switch_of(settings)
    return (*(one.url for one in addresses_of(settings)), *((switch.url,) if switch else ()))


def _as_json(news: ProblemNews) -> Mapping[str, Any]:
    state = "ended" if news.ended else "begun"
    at = datetime.fromtimestamp(news.at / 1000, UTC).isoformat(timespec="seconds")
    known = {"check": news.check, "state": state, "urgent": news.urgent, "at": at}
    return {"json": {**known, "text": f"{texts.TITLE}: {news.text}"}}


def _as_topic(news: ProblemNews) -> Mapping[str, Any]:
    priority = "high" if news.urgent and not news.ended else "default"
    tag = "white_check_mark" if news.ended else "warning"
    headers = {"Title": texts.TITLE, "Priority": priority, "Tags": tag}
    return {"data": news.text.encode(), "headers": headers}


async def _missed(session: aiohttp.ClientSession, method: str, url: str, seconds: float, **sent: Any) -> str:
    timeout = aiohttp.ClientTimeout(total=seconds)
    try:
        async with session.request(method, url, timeout=timeout, allow_redirects=False, **sent) as answer:
            if 200 <= answer.status < 300:  # noqa: PLR2004 - HTTP's own numbers
                return ""
            return f"it answered {answer.status}"
    except _NOT_SENT as error:  # never its text: the address is in it
        return type(error).__name__
