"""The media of one message of a chat: shown privately, when somebody asks."""

from collections.abc import Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from functools import partial

from bot.fanvue.budget import RequestLane
from bot.fanvue.client import FanvueClient, IdentityApi
from bot.fanvue.errors import OperationNotOffered
from bot.fanvue.figures import MediaRow
from bot.fanvue.models import MessageRow
from bot.features.publishing.media import message_texts as texts
from bot.features.publishing.media.fanvue import VaultUnavailable, told
from bot.features.publishing.media.whole_item_service import WHOLE_FORMS, WholeItem, WholeItemService
from bot.model.acting_account import voice_of
from bot.model.errors import DeliveryFailed
from bot.model.language import tr
from bot.model.ports import Picture, Sound
from storage.records import FanId, FanvueMessageId, Link, MediaId

MOST = 10  # files that one Discord message takes
LARGEST = 25 * 1024 * 1024  # bytes of one file, also where Discord takes more: it lies in memory for a while
TOGETHER = 25 * 1024 * 1024  # bytes of all files of an answer
_PAGES = 4  # of the chat, where Fanvue does not read a single message


@dataclass(frozen=True)
class MediaRequest:
    """What is to be shown: the media of this message from number `first` on.

    `link`: of the creator, as the asking person uses it; None where nobody has connected it. `adult`: whether
    the channel is for adults; `most`: the bytes that Discord takes in one file.
    """

    link: Link | None
    fan: FanId
    message: FanvueMessageId
    adult: bool
    most: int
    first: int = 0


@dataclass(frozen=True)
class ShownMedia:
    """Sentences about the media, and the media.

    `words`: what they are, for the line; `following`: the number of the next one, if there is one.
    """

    notes: Sequence[str]
    words: str = ""
    pictures: Sequence[Picture] = ()
    sounds: Sequence[Sound] = ()
    links: Sequence[tuple[str, str]] = ()  # the words and the address
    following: int | None = None

    @property
    def shows(self) -> bool:
        """Whether there is more than sentences."""
        return bool(self.pictures or self.sounds or self.links)


class MessageMediaService:
    """Shows what goes with a message. Nothing of it is kept, and it never fails: it says why not."""

    def __init__(self, fanvue: FanvueClient, looking: WholeItemService) -> None:
        self._fanvue = fanvue
        self._looking = looking

    async def shown(self, asked: MediaRequest) -> ShownMedia:
        """As many as go with one answer."""
        if not asked.adult:
            return ShownMedia((tr(texts.NOT_HERE),))
        if asked.link is None:
            return ShownMedia((tr(texts.NOT_CONNECTED),))
        api = self._fanvue.speaking(voice_of(asked.link), lane=RequestLane.REFRESH)
        try:
            media = await told(lambda: _media_of(api, asked.fan, asked.message), texts.NO_MESSAGE)
            if asked.first >= len(media):
                return ShownMedia((tr(texts.NO_MEDIA),))
            seen = await self._seen(api, asked, asked.link, media[asked.first : asked.first + MOST])
        except VaultUnavailable as cannot:
            return ShownMedia((texts.nothing(str(cannot)),))
        except DeliveryFailed as failed:  # nobody can speak for the creator now
            return ShownMedia((texts.nothing(failed.reason),))
        end = asked.first + len(seen)
        return ShownMedia(
            notes=tuple(texts.notes(seen, first=asked.first, number=len(media))),
            words=texts.extent(seen, first=asked.first, number=len(media)),
            pictures=[one.picture for one in seen if one.picture is not None],
            sounds=[one.sound for one in seen if one.sound is not None],
            links=texts.links(seen, first=asked.first),
            following=end if end < len(media) else None,
        )

    async def _seen(
        self, api: IdentityApi, asked: MediaRequest, link: Link, media: Sequence[MediaId]
    ) -> Sequence[WholeItem]:
        """One after the other, until no more would go with the answer."""

        async def ask(wanted: Sequence[MediaId]) -> Mapping[MediaId, MediaRow]:
            read = partial(api.chats.media, asked.fan, asked.message, wanted, variants=WHOLE_FORMS)
            return await told(read, texts.NO_MESSAGE)

        fresh = dict(await ask(media))

        async def one(wanted: MediaId) -> MediaRow:
            if wanted in fresh:
                return fresh.pop(wanted)  # its address may be over by then: the next one is asked for
            rows = await ask([wanted])
            if wanted not in rows:
                raise VaultUnavailable(tr(texts.NOT_GIVEN))
            return rows[wanted]

        seen: list[WholeItem] = []
        for number, uuid in enumerate(media, start=asked.first + 1):
            item = await self._looking.look(
                partial(one, uuid),
                known=fresh.get(uuid, MediaRow(uuid=uuid)),
                number=number,
                most=min(asked.most, LARGEST),
                ours={asked.fan, link.creator},
            )
            if seen and item.size + sum(before.size for before in seen) > TOGETHER:
                break  # it begins the next answer
            seen.append(item)
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
    raise VaultUnavailable(tr(texts.NO_MESSAGE))


def _ids(row: MessageRow) -> Sequence[MediaId]:
    return tuple(row.media_uuids or ())
