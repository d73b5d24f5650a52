"""Creators, fans and keys of the bridge under fire, and what must stay theirs."""

import base64
import hashlib
import re
import time
import uuid
from dataclasses import dataclass, replace
from itertools import cycle
from typing import Final

from bot.access.roles import TeamRole
from bot.features.operations.api_keys.key_rules import STANDINGS
from storage.database import Transaction
from storage.inbox import conversations, fans, forums, threads
from storage.people import api_keys, creators
from storage.people.api_keys import ApiKeyRecord, ApiKeyScope
from storage.records import (
    Creator,
    CreatorId,
    DiscordId,
    Fan,
    FanId,
    FanThread,
    FanvueMessageId,
    Forum,
    Link,
    LinkId,
    LinkState,
    Reference,
    ThreadKey,
)
from tests.proofs.fuzz.webhook_bodies import CREATOR

_CREATORS: Final = 100  # so many that Fanvue's pace for one of them makes no request wait
_KEYS: Final = 5  # of each, so that a key's own pace seldom ends a request before it is judged
_LASTS: Final = 86_400_000
_TOLD: Final = re.compile(rb"(?:Name|Fan) of (\w+)")
ENDED, EXPIRED, ORPHAN, NEVER_MADE = "ended", "expired", "orphan", "never"


@dataclass(frozen=True)
class FuzzCreator:
    """One creator. Their name and their fan's are in no request: an answer with one of them tells of them."""

    id: CreatorId
    handle: str
    keys: tuple[str, ...]  # that are right

    @property
    def fan(self) -> FanId:
        """Of whom an answer tells by name."""
        return FanId(f"fan-{self.handle}")

    @property
    def narrow(self) -> str:
        """The id of a key that opens lists and figures alone."""
        return f"narrow-{self.handle}"

    @property
    def spare(self) -> str:
        """The id of a key that may be revoked."""
        return f"spare-{self.handle}"


def _made(handle: str, keys: int) -> FuzzCreator:
    creator = CreatorId(str(uuid.uuid5(uuid.NAMESPACE_DNS, handle)))
    return FuzzCreator(creator, handle, tuple(f"key-{handle}-{number}" for number in range(keys)))


CREATORS: Final = tuple(_made(f"maker{number}", _KEYS) for number in range(_CREATORS))
LAST: Final = _made("last", 1)  # nobody asks for them before the end
LEFT: Final = _made("left", 0)  # they have ended their link
_OF_WEBHOOKS: Final = FuzzCreator(CreatorId(CREATOR), "fuzz", ())


def told(answer: bytes) -> set[str]:
    """The handles of those whose data an answer has."""
    return {handle.decode() for handle in _TOLD.findall(answer)}


def secret_of(key: str) -> str:
    """The secret part of a key's text."""
    return base64.urlsafe_b64encode(hashlib.sha256(f"secret of {key}".encode()).digest()).decode().rstrip("=")


def key_text(key: str) -> str:
    """The key as a program sends it."""
    return f"fbk.{key}.{secret_of(key)}"


_LIVE: Final = {key: one for one in (*CREATORS, LAST) for key in (*one.keys, one.narrow, one.spare)}
KEY_SECRETS: Final = frozenset(map(secret_of, (*_LIVE, ENDED, EXPIRED, ORPHAN)))
KEY_DIGESTS: Final = frozenset(hashlib.sha256(secret.encode()).hexdigest() for secret in KEY_SECRETS)


async def move_in(tx: Transaction) -> None:
    """A fan waits for each creator; most are linked, though their sign-in is lost, and have keys."""
    now = int(time.time() * 1000)
    for number, one in enumerate((_OF_WEBHOOKS, *CREATORS, LAST, LEFT)):
        await creators.learn(tx, Creator(one.id, one.handle, f"Name of {one.handle}"), now=now)
        fan = Fan(one.id, one.fan, None, f"Fan of {one.handle}", None, now)
        await fans.learn(tx, fan)
        thread, opened = ThreadKey(f"thread-{number}"), DiscordId(5_000 + number)
        wanted = FanThread(
            thread, one.id, fan.id, 1, DiscordId(2), DiscordId(3), None, None, Reference(thread), "wanted"
        )
        await threads.want(tx, wanted)
        await threads.opened(tx, thread, thread=opened, card=opened)
        forum, alerts = DiscordId(20_000 + number), DiscordId(30_000 + number)
        await forums.add(tx, Forum(forum, DiscordId(2), DiscordId(4), alerts, one.id, "{}"), now)
        await conversations.fan_wrote(tx, one.id, fan.id, message=FanvueMessageId(f"{number}"), at=now)
        if one is not LEFT:
            state = LinkState.ACTIVE if one is _OF_WEBHOOKS else LinkState.RELINK_REQUIRED
            owner, link = DiscordId(1_000 + number), LinkId(f"link-{number}")
            place = Link(link, one.id, owner, DiscordId(2), 1, state, "", one.handle)
            await creators.add_link(tx, place, now=now)
    for (key, one), role in zip(_LIVE.items(), cycle(STANDINGS), strict=False):
        scope = ApiKeyScope.DATA if key == one.narrow else ApiKeyScope.DRAFTS
        usual = TeamRole.OWNER if one is LAST else role  # every page opens to the last one's
        await api_keys.add(tx, replace(_record(key, one, now, role=usual), scope=scope))
    await api_keys.add(tx, _record(ENDED, CREATORS[0], now, ended_at=now))
    await api_keys.add(tx, _record(EXPIRED, CREATORS[0], now - 2 * _LASTS))
    await api_keys.add(tx, _record(ORPHAN, LEFT, now))


def _record(
    key: str, of: FuzzCreator, now: int, *, role: str = "owner", ended_at: int | None = None
) -> ApiKeyRecord:
    digest = hashlib.sha256(secret_of(key).encode()).hexdigest()
    return ApiKeyRecord(key, of.id, "fuzz", digest, role, now, now + _LASTS, ended_at=ended_at)
