"""Stage 1, the rest: open questions that a few reads together can answer."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

from bot.fanvue.errors import FanvueError
from bot.fanvue.figures import FanvueEarningRow
from bot.fanvue.operations import ApiSurface
from bot.fanvue.rows import FanvueRowError, read
from bot.fanvue.values import millis_of
from bot.features.operations.doctor.findings import DoctorVerdict
from bot.features.operations.live_check.calls import KNOWN_READS, ReadNotSeen, road_on
from bot.features.operations.live_check.record import LiveStep, Look, found, open_step
from bot.features.operations.live_check.shapes import rows_in
from bot.features.operations.live_check.stage_reads import CreatorReads
from bot.model.ports import Clock
from storage.records import Cents, Millis

_OK: Final = 200
# How storage services name the seconds that a signed address lives, or the moment at which it ends.
_LIFE, _END = "x-amz-expires", "expires"
_IN_MILLIS: Final = 10**12  # a moment from here on is no number of seconds
Earned = tuple[str, Cents, Millis]  # a transaction's id, gross amount and time
Kept = Callable[[Sequence[Earned]], Awaitable[tuple[int, int]]]
"""How many of them an event told: under the same id, and under another one at that time and amount."""


@dataclass(frozen=True)
class CreatorFacts:
    """Answers to open questions; each reads only."""

    reads: CreatorReads
    kept: Kept
    clock: Clock

    def steps(self) -> Mapping[str, Look]:
        return {
            "reading one message": self._single_read,
            "reading a chat": self._list_read,
            "order of posts": self._order,
            "folders": self._folders,
            "smart lists": self._smart_lists,
            "ids of earnings": self._ids,
            "signed address": self._address,
        }

    async def _body(self, name: str, *more: tuple[str, str], surface: ApiSurface | None = None) -> Any:
        """A read's answer on the first generation that has it; None where it has none."""
        for one in [surface] if surface is not None else self.reads.surfaces:
            way = road_on(name, one)
            if way is None:
                continue
            answer = await self.reads.get(KNOWN_READS[name], way, more)
            if answer.status == _OK:
                with suppress(FanvueError):
                    return answer.json()
        return None

    async def _unread(self) -> int | None:
        chat = await self._body("chat", surface=ApiSurface.V1)
        found = chat.get("unreadMessagesCount") if isinstance(chat, dict) else None
        return found if isinstance(found, int) else None

    async def _marks(self, question: str, name: str, says: Mapping[bool, str]) -> LiveStep:
        """Whether this read changes the number of unread messages of a chat that has some."""
        try:
            if ApiSurface.V1 not in self.reads.surfaces or not await self._choose_unread():
                return open_step(
                    "no chat has unread messages right now", "Run it again when a fan has written."
                )
            before = await self._unread()
            if not before or await self._body(name) is None:
                return open_step("the chat could not be read", "Run it again later.")
            after = await self._unread()
        except ReadNotSeen as why:
            return open_step(str(why), "Run it again later.")
        if after is None:
            return open_step("the chat did not say how many messages are unread", "Run it again later.")
        stays = after >= before
        return found(question, says[stays], {"before": before, "after": after}, good=stays)

    async def _choose_unread(self) -> bool:
        """Have the reads look at a chat with unread messages, and at its newest message."""
        rows = _rows("chats", await self._body("chats", ("filter", "unread")))
        fan = rows[0].get("user", {}).get("uuid") if rows else None
        if not isinstance(fan, str):
            return False
        self.reads.look_at(fan)
        return await self.reads.thing("message") is not None

    async def _single_read(self) -> LiveStep:
        says = {True: "no: the chat stays unread", False: "yes: it marks the chat as read"}
        return await self._marks("single_read", "message", says)

    async def _list_read(self) -> LiveStep:
        says = {True: "yes: the chat stays unread", False: "no: it is marked as read"}
        return await self._marks("list_read", "messages", says)

    async def _order(self) -> LiveStep:
        rows = _rows("posts", await self._tried("posts"))
        times = [at for row in rows if row.get("isPinned") is False and (at := _time(row)) is not None]
        if len(times) < 2:  # noqa: PLR2004 - an order takes two
            return open_step("fewer than two posts that are not pinned", "Run it again when there are more.")
        newest = times == sorted(times, reverse=True)
        said = "newest first" if newest else "not newest first"
        return found("posts_order", said, {"posts": len(times)}, good=newest)

    async def _folders(self) -> LiveStep:
        body = await self._tried("vault_folders")
        if body is None:
            return open_step("the folders did not answer with pages", "See the line vault_folders.")
        paged = isinstance(body, dict) and isinstance(body.get("pagination"), dict)
        said = "yes: with a pagination" if paged else "a page was accepted, without a pagination"
        return found("folders", said, {"pagination": paged}, good=True)

    async def _smart_lists(self) -> LiveStep:
        body = await self._tried("smart_lists", surface=ApiSurface.V1)
        rows = _rows("smart_lists", body)
        if not rows:
            return open_step("no smart list on /v1", "")
        key = "uuid" if "uuid" in rows[0] else "id" if "id" in rows[0] else "neither"
        where = "bare" if isinstance(body, list) else "under data"
        return found("smart_lists", f"{key}, {where}", {"key": key}, good=key != "neither")

    async def _ids(self) -> LiveStep:
        rows = _rows("earnings", await self._tried("earnings"))
        earned = [one for row in rows if (one := _earned(row)) is not None]
        same, other = await self.kept(earned)
        if not same and not other:
            return open_step("no earning in the list came as an event", "Run it again after a sale.")
        said = f"yes: {same} of {same + other}" if same else f"no: {other} of {other} have another id"
        return found("earning_ids", said, {"same": same, "other": other}, good=True)

    async def _address(self) -> LiveStep:
        rows = _rows("media", await self._tried("media"))
        urls = [one["url"] for row in rows for one in row.get("variants") or () if _has_url(one)]
        if not urls:
            return open_step("the vault told no signed address", "Run it again when the vault has a picture.")
        url = urlsplit(urls[0])
        query = {name.lower(): value for name, value in parse_qsl(url.query)}
        life = _life(query, self.clock.now())
        answers = {"media_host": url.hostname or "none"}
        if life is not None:
            answers["media_life"] = f"{life} seconds"
        said = f"leads to {url.hostname}, " + (f"for {life} s" if life is not None else "says no end")
        return LiveStep(DoctorVerdict.OK, said, "", {"host": url.hostname, "seconds": life}, answers)

    async def _tried(self, name: str, *, surface: ApiSurface | None = None) -> Any:
        try:
            return await self._body(name, surface=surface)
        except ReadNotSeen:
            return None


def _rows(name: str, body: Any) -> Sequence[Mapping[str, Any]]:
    rows = rows_in(KNOWN_READS[name].place, body) or ()
    return [row for row in rows if isinstance(row, dict)]


def _earned(row: Mapping[str, Any]) -> Earned | None:
    try:
        one = read(FanvueEarningRow, row)
    except FanvueRowError:
        return None
    order, gross, at = one.transaction_order_id, one.gross, one.date
    return (order, gross, at) if order and gross is not None and at is not None else None


def _time(row: Mapping[str, Any]) -> int | None:
    for name in ("publishedAt", "publishAt", "createdAt"):
        with suppress(ValueError):
            if (at := millis_of(row.get(name))) is not None:
                return at
    return None


def _has_url(variant: Any) -> bool:
    return isinstance(variant, dict) and isinstance(variant.get("url"), str)


def _life(query: Mapping[str, str], now: Millis) -> int | None:
    """The seconds that an address lives from now on, where it says so."""
    if query.get(_LIFE, "").isdecimal():
        return int(query[_LIFE])
    end = query.get(_END, "")
    if not end.isdecimal():
        return None
    ends = int(end) if int(end) >= _IN_MILLIS else int(end) * 1000
    return max(ends - now, 0) // 1000
