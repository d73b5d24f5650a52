"""The media of one message of a chat: looked at privately, when somebody asks."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import aclosing
from functools import partial

from bot.fanvue.budget import RequestLane
from bot.fanvue.client import FanvueClient, IdentityApi
from bot.fanvue.errors import OperationNotOffered
from bot.fanvue.figures import MediaRow
from bot.fanvue.models import MessageRow
from bot.features.publishing.media import texts
from bot.features.publishing.media.fanvue import VaultUnavailable, told
from bot.features.publishing.media.item_service import FORMS, MediaItemService, MediaItemView, pictures_of
from bot.model.acting_account import voice_of
from bot.model.errors import DeliveryFailed
from bot.model.ports import Picture
from storage.records import FanId, FanvueMessageId, Link, MediaId

MOST = 10  # pictures that one Discord message shows
_PAGES = 4  # of the chat, where Fanvue does not read a single message
NOT_HERE = (
    "Pictures are shown in age-restricted channels only, and this one is not. Someone who manages the server "
    "repairs it with /setup."
)
NOT_CONNECTED = "No pictures: this creator is not connected to Fanvue now. Its owner uses /link."
_NO_MESSAGE = "Fanvue no longer has this message, or it is too old to be found there."
_NO_MEDIA = "Fanvue no longer has the media of this message."
_NOT_GIVEN = "Fanvue does not give it out"


class MessageMediaService:
    """Previews of what goes with a message. Nothing of them is kept, and it never fails: it says why not."""

    def __init__(self, fanvue: FanvueClient, looking: MediaItemService) -> None:
        self._fanvue = fanvue
        self._looking = looking

    async def pictures(
        self, link: Link | None, fan: FanId, message: FanvueMessageId, *, adult: bool
    ) -> tuple[Sequence[str], Sequence[Picture]]:
        """Sentences about the media, and their previews. `adult`: whether the channel is for adults.

        `link`: of the creator, as the asking person uses it; None where nobody has connected it.
        """
        if not adult:
            return (NOT_HERE,), ()
        if link is None:
            return (NOT_CONNECTED,), ()
        api = self._fanvue.speaking(voice_of(link), lane=RequestLane.REFRESH)
        try:
            media = await told(lambda: _media_of(api, fan, message), _NO_MESSAGE)
            seen = await self._seen(api, fan, message, media[:MOST])
        except VaultUnavailable as cannot:
            return (f"No pictures: {cannot}",), ()
        except DeliveryFailed as failed:  # nobody can speak for the creator now
            return (f"No pictures: {failed.reason}",), ()
        return tuple(_notes(seen, len(media))), pictures_of(seen)

    async def _seen(
        self, api: IdentityApi, fan: FanId, message: FanvueMessageId, media: Sequence[MediaId]
    ) -> Sequence[MediaItemView]:
        async def ask(wanted: Sequence[MediaId]) -> Mapping[MediaId, MediaRow]:
            return await told(lambda: api.chats.media(fan, message, wanted, variants=FORMS), _NO_MESSAGE)

        fresh = dict(await ask(media)) if media else {}

        async def one(wanted: MediaId) -> MediaRow:
            if wanted in fresh:
                return fresh.pop(wanted)  # its address may be over by then: the next one is asked for
            rows = await ask([wanted])
            if wanted not in rows:
                raise VaultUnavailable(_NOT_GIVEN)
            return rows[wanted]

        seen = []
        for uuid in media:
            row = fresh.get(uuid)
            looked = None if row is None else await self._looking.look(row, partial(one, uuid))
            seen.append(looked or MediaItemView(MediaRow(uuid=uuid), trouble=_NOT_GIVEN))
        return seen


async def _media_of(api: IdentityApi, fan: FanId, message: FanvueMessageId) -> Sequence[MediaId]:
    try:
        return _ids(await api.chats.message(fan, message))
    except OperationNotOffered:  # only v1 reads a single one, and to nobody who manages a creator
        return _ids(await _listed_message(api, fan, message))


async def _listed_message(api: IdentityApi, fan: FanId, message: FanvueMessageId) -> MessageRow:
    left = _PAGES
    async with aclosing(api.chats.messages(fan)) as pages:
        async for page in pages:
            left -= 1
            found = next((row for row in page.rows if row.uuid == message), None)
            if found is not None:
                return found
            if not left:
                break
    raise VaultUnavailable(_NO_MESSAGE)


def _ids(row: MessageRow) -> Sequence[MediaId]:
    return tuple(row.media_uuids or ())


def _notes(seen: Sequence[MediaItemView], number: int) -> Iterator[str]:
    if not seen:
        yield _NO_MEDIA
    lacking: dict[str, list[int]] = {}
    for place, one in enumerate(seen, start=1):
        if one.preview is None:
            lacking.setdefault(one.why_not or one.trouble, []).append(place)
    for why, places in lacking.items():
        of = f" of {_listed(places)}" if number > 1 else ""
        yield f"No preview{of}: {why.rstrip('.')}."
    shown = [one.preview for one in seen if one.preview is not None]
    if any(preview.blurred for preview in shown):
        yield texts.BLURRED
    if number > len(seen) > 0:
        yield f"These are the first {len(seen)} of {number}; the others are on Fanvue."
    if shown:
        yield texts.NO_COPY


def _listed(places: Sequence[int]) -> str:
    *rest, last = map(str, places)
    return f"{', '.join(rest)} and {last}" if rest else last
