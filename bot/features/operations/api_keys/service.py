"""Makes, lists and ends keys, and knows one when it is shown."""

import hmac
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from bot.engine.audit_log import AuditLog
from bot.features.operations.api_keys import key_rules
from bot.features.operations.api_keys.key_rules import ApiKeyNotUnderstood, ApiKeyWish
from bot.model.language import tr
from bot.model.ports import Clock, Ids
from storage.database import Database, Transaction
from storage.people import agent_grants, api_keys, creators, data_export, program_webhooks
from storage.people.api_keys import ApiKeyRecord, ApiKeyScope
from storage.records import CreatorId, DiscordId, Millis

MOST: Final = 20  # keys of one creator that are valid at once
_MINUTE: Final[Millis] = 60_000


class NoSuchApiKey(Exception):
    """Raised where there is no such creator or key; str() says which."""


class ApiKeyService:
    """Whoever calls `make`, `listed` and `end` is the operator, or was asked for their permission."""

    def __init__(
        self,
        *,
        database: Database,
        trail: AuditLog,
        clock: Clock,
        ids: Ids,
        random: Callable[[int], bytes],
    ) -> None:
        """`random` must be cryptographic."""
        self._database = database
        self._trail = trail
        self._clock = clock
        self._ids = ids
        self._random = random

    async def make(
        self, named: str, wish: ApiKeyWish, *, by: DiscordId | None = None
    ) -> tuple[ApiKeyRecord, str]:
        """The new key, and the text that is shown this once. `by`: None is the operator, on the shell.

        Raises NoSuchApiKey, ApiKeyNotUnderstood.
        """

        async def work(tx: Transaction) -> tuple[ApiKeyRecord, str]:
            return await self.make_within(tx, await _creator(tx, named), wish, by=by)

        return await self._database.write(work)

    async def make_within(
        self, tx: Transaction, creator: CreatorId, wish: ApiKeyWish, *, by: DiscordId | None
    ) -> tuple[ApiKeyRecord, str]:
        """The same as part of the caller's transaction. Raises ApiKeyNotUnderstood."""
        now = self._clock.now()
        # A name that begins with a dash would be an option to the shell.
        text = key_rules.written(f"k{self._ids.new()}", self._random(key_rules.SECRET_BYTES))
        key, digest = key_rules.read(text) or ("", "")
        known = await api_keys.of_creator(tx, creator)
        if sum(is_valid(one, now) for one in known) >= MOST:
            raise ApiKeyNotUnderstood(tr("This creator has {most} keys. Revoke one first.", most=MOST))
        made = ApiKeyRecord(
            key, creator, wish.name, digest, wish.role, now, now + wish.lasts, scope=wish.scope
        )
        await api_keys.add(tx, made)
        await self._note(tx, "api_key.made", made, by)
        return made, text

    async def listed(self, named: str) -> Sequence[ApiKeyRecord]:
        """All keys of a creator, the newest first. Raises NoSuchApiKey."""

        async def work(tx: Transaction) -> Sequence[ApiKeyRecord]:
            return await api_keys.of_creator(tx, await _creator(tx, named))

        return await self._database.read(work)

    async def valid(self, creator: CreatorId) -> Sequence[ApiKeyRecord]:
        """Those that open something, the newest first."""
        found = await self._database.read(lambda tx: api_keys.of_creator(tx, creator))
        return [key for key in found if is_valid(key, self._clock.now())]

    async def webhooks(self, creator: CreatorId) -> Mapping[str, int]:
        """How many webhooks each key has, by its id."""
        found = await self._database.read(lambda tx: program_webhooks.open_of(tx, creator))
        return Counter(one.key for one in found)

    async def of_agents(self, creator: CreatorId) -> frozenset[str]:
        """The ids of those with which an agent signed in."""
        return await self._database.read(lambda tx: agent_grants.keys_of(tx, creator))

    async def end(self, named: str, key: str, *, by: DiscordId | None = None) -> ApiKeyRecord:
        """It opens nothing from now on, also where it had ended before. Raises NoSuchApiKey."""
        now = self._clock.now()

        async def work(tx: Transaction) -> ApiKeyRecord:
            creator = await _creator(tx, named)
            found = await api_keys.get(tx, key)
            if found is None or found.creator != creator:
                raise NoSuchApiKey(f"This creator has no key {key[:40]!r}.")
            if await api_keys.end(tx, found, now=now):
                await self._note(tx, "api_key.ended", found, by)
            return found

        return await self._database.write(work)

    async def known(self, text: str) -> ApiKeyRecord | None:
        """The valid key that this is, with its use noted to the minute; None: it opens nothing."""
        shown = key_rules.read(text)
        if shown is None:
            return None
        key, digest = shown
        found = await self._database.read(lambda tx: self.live(tx, key))
        if found is None or not hmac.compare_digest(found.digest, digest):
            return None
        await self.note_use(found)
        return found

    async def note_use(self, key: ApiKeyRecord) -> None:
        """It was used now, to the minute."""
        now = self._clock.now()
        if key.used_at is None or now - key.used_at >= _MINUTE:
            await self._database.write(lambda tx: api_keys.used(tx, key.id, now=now))

    async def opens(self, tx: Transaction, key: str) -> bool:
        """Whether a key opens anything now; part of the caller's transaction."""
        return await self.live(tx, key) is not None

    async def live(self, tx: Transaction, key: str) -> ApiKeyRecord | None:
        """A key that opens something now; part of the caller's transaction."""
        found = await _of_linked(tx, key)
        return found if found is not None and is_valid(found, self._clock.now()) else None

    async def _note(self, tx: Transaction, action: str, key: ApiKeyRecord, by: DiscordId | None) -> None:
        target = f"{key.id} {key.role}" + (f" {key.scope}" if key.scope is not ApiKeyScope.DATA else "")
        await self._trail.write(tx, action, "done", target=target, actor=by, creator=key.creator)


async def _of_linked(tx: Transaction, key: str) -> ApiKeyRecord | None:
    """A key, as long as somebody's account is connected for its creator: an owner who leaves ends it all."""
    found = await api_keys.get(tx, key)
    return found if found is not None and await creators.open_link(tx, found.creator) is not None else None


def is_valid(key: ApiKeyRecord, now: Millis) -> bool:
    """Whether it opens anything."""
    return key.ended_at is None and now < key.expires_at


async def _creator(tx: Transaction, named: str) -> CreatorId:
    found = await data_export.creators_named(tx, named.strip().lstrip("@"))
    if len(found) != 1:
        raise NoSuchApiKey(
            f"There is no creator {named[:40]!r} here." if not found else "Use the creator's id."
        )
    return found[0]
