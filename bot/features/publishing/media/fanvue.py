"""Reads a creator's vault from Fanvue, as the person who connected the creator."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from bot.fanvue.budget import RequestLane
from bot.fanvue.client import FanvueClient, IdentityApi
from bot.fanvue.errors import FanvueError, ObjectNotFound, RequestRateLimited
from bot.fanvue.figures import FolderRow, MediaRow
from bot.fanvue.outcomes import outcome
from bot.fanvue.paging import ApiPage, Query, SkippedRow, first_of
from bot.fanvue.patient_api import PatientApi, Pause
from bot.model.acting_account import voice_of
from bot.model.errors import TryLater
from bot.model.language import msgid, tr
from storage.records import FanId, Link, MediaId

T = TypeVar("T")

READY = "ready"
_AT_ONCE = 20  # items that Fanvue tells of with one request
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_AGAIN = msgid("We can't reach Fanvue right now. Nothing is lost; please try again in a minute.")
_PAUSE = msgid("Fanvue asks us to wait. Please try again in {seconds:.0f} s.")
_NO_ANSWER = msgid("Fanvue did not answer. If this stays, tell the bridge's operator.")
_GONE = msgid("Fanvue no longer has this item. Run /media browse again to see what is there now.")


class VaultUnavailable(Exception):
    """Raised where nothing can be shown; its text is a sentence for the person who asked."""


@dataclass(frozen=True)
class VaultQuery:
    """The part of a vault somebody looks at."""

    kind: str | None = None
    folder: str | None = None
    words: tuple[str, ...] = ()  # all of them must be in an item's name or caption; Fanvue has no search
    fan: FanId | None = None  # what this fan has bought is marked


class FanvueVault:
    """One attempt each. Every method raises VaultUnavailable, or what the token source raises."""

    def __init__(self, fanvue: FanvueClient, *, pause: Pause | None = None) -> None:
        """`pause`: a program asks, which waits for its turn like a report. None: a person is waiting."""
        self._fanvue = fanvue
        self._pause = pause

    async def page(self, link: Link, wanted: VaultQuery, begin: Query | None) -> ApiPage[MediaRow]:
        """The first page of what is wanted, or the one behind an earlier page. Words are not looked at."""
        media = self._api(link).posts.media
        found = await told(
            lambda: first_of(media(kind=wanted.kind, folder=wanted.folder, bought_by=wanted.fan, begin=begin))
        )
        return _proper(found)

    async def ready(self, link: Link) -> Sequence[MediaRow]:
        """Items that can be sent at once, as far as one page of Fanvue's goes."""
        return _proper(await told(lambda: first_of(self._api(link).posts.media(status=[READY])))).rows

    async def item(self, link: Link, media: MediaId, variants: Sequence[str], fan: FanId | None) -> MediaRow:
        """One item as it is now, with addresses of these forms."""
        posts = self._api(link).posts
        return await told(lambda: posts.media_item(media, variants=variants, bought_by=fan))

    async def items(
        self, link: Link, media: Sequence[MediaId], variants: Sequence[str] = ()
    ) -> Mapping[MediaId, MediaRow]:
        """Those of these that are there, with addresses of these forms."""
        bulk = self._api(link).posts.media_bulk
        parts = [media[start : start + _AT_ONCE] for start in range(0, len(media), _AT_ONCE)]
        found = [await told(partial(bulk, part, variants=variants)) for part in parts]
        return {item: row for rows in found for item, row in rows.items()}

    async def folders(self, link: Link) -> Sequence[FolderRow]:
        """The folders of the vault."""
        return (await told(self._api(link).posts.folders)).rows

    def _api(self, link: Link) -> IdentityApi:
        if self._pause is not None:
            return PatientApi(self._fanvue, voice_of(link), RequestLane.REPORTS, self._pause)
        # Before sweeps and reports, and behind replies.
        return self._fanvue.speaking(voice_of(link), lane=RequestLane.REFRESH)


def _proper(page: ApiPage[MediaRow]) -> ApiPage[MediaRow]:
    """Ids are shown to be copied, and sent: a row whose id has another shape counts as unreadable."""
    good = tuple(row for row in page.rows if _UUID.fullmatch(row.uuid))
    odd = tuple(SkippedRow(None, "its id is no UUID") for row in page.rows if not _UUID.fullmatch(row.uuid))
    return replace(page, rows=good, skipped=page.skipped + odd)


async def told(read: Callable[[], Awaitable[T]], gone: str = _GONE) -> T:
    """Fanvue's answer. Raises VaultUnavailable; `gone` is its sentence where Fanvue has no such thing."""
    try:
        return await read()
    except RequestRateLimited as limited:
        raise VaultUnavailable(tr(_PAUSE, seconds=max(limited.after, 1))) from limited
    except ObjectNotFound as missing:
        raise VaultUnavailable(tr(gone)) from missing
    except FanvueError as error:
        meant = outcome(error, reading=True)
        if isinstance(meant, TryLater):
            raise VaultUnavailable(meant.reason if meant.paused else tr(_AGAIN)) from error
        raise VaultUnavailable(tr(_NO_ANSWER)) from error
