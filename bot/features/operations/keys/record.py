"""The keys that a database needs, and those that its bridge has.

*Needed* keys are those that may have made something in it. A bridge adds its newest key before it encrypts
anything with it, and `keys rotate` takes away those whose values are gone; so a key that was taken out of
the settings too early is told at the start, and not at the first value that does not open.

*Held* keys are those of the bridge that has the database, or had it last. `keys rotate` encrypts nothing
before that bridge itself encrypts with the new key. Only ids are written here; every sealed value has one in
clear.
"""

import json
from dataclasses import asdict, dataclass

from bot.features.people.accounts.keyring import Keyring, WrongKey
from storage.database import Transaction
from storage.engine import instance
from storage.operations import sealing_keys

_NEEDED, _HELD = "keys.needed", "keys.held"


@dataclass(frozen=True)
class HeldKeys:
    """The keys of a bridge. `watches`: it takes up a new one by itself."""

    newest: str
    ids: tuple[str, ...]
    watches: bool

    @classmethod
    def of(cls, ring: Keyring, *, watches: bool) -> "HeldKeys":
        """The record of this ring."""
        return cls(newest=ring.newest, ids=tuple(ring.ids), watches=watches)


async def check(tx: Transaction, ring: Keyring) -> None:
    """Raise WrongKey, with a sentence, unless these keys open all that is there."""
    canary = await instance.canary(tx)
    if canary is not None:
        ring.check(canary)
    lacking = sorted(await needed(tx) - set(ring.ids))
    if lacking:
        raise WrongKey(
            f"This database still needs encryption key {', '.join(lacking)}, which is not "
            "there. Put it back behind the newest one; “fanvue-bridge keys rotate” encrypts "
            "everything again, then you may remove it."
        )


async def needed(tx: Transaction) -> frozenset[str]:
    """The ids of the keys that may have made something here."""
    known = await instance.recall(tx, _NEEDED)
    return frozenset(json.loads(known)) if known is not None else frozenset()


async def need(tx: Transaction, key_id: str) -> None:
    """Commit this before anything is encrypted with that key."""
    known = await needed(tx)
    if key_id not in known:
        await _keep_needed(tx, known | {key_id})


async def need_only(tx: Transaction, *key_ids: str) -> None:
    """No other key made anything that is still here."""
    await _keep_needed(tx, frozenset(key_ids))


async def begin(tx: Transaction, ring: Keyring, *, watches: bool) -> None:
    """A bridge begins to run with these keys. Raises as `check`: they may be others than a moment ago."""
    await check(tx, ring)
    if await instance.recall(tx, _NEEDED) is None:
        heads = await sealing_keys.heads(tx)
        await need_only(tx, *(head[2:].decode(errors="replace") for head in heads))
        await check(tx, ring)
    await need(tx, ring.newest)
    await hold(tx, HeldKeys.of(ring, watches=watches))


async def hold(tx: Transaction, held: HeldKeys) -> None:
    """The bridge that has the database encrypts with the newest of these, and opens what the others made."""
    await instance.remember(tx, _HELD, json.dumps(asdict(held)))


async def held(tx: Transaction) -> HeldKeys | None:
    """The keys of the bridge that has the database or had it last; None when it recorded none."""
    said = await instance.recall(tx, _HELD)
    if said is None:
        return None
    known = json.loads(said)
    return HeldKeys(newest=known["newest"], ids=tuple(known["ids"]), watches=known["watches"])


async def _keep_needed(tx: Transaction, key_ids: frozenset[str]) -> None:
    await instance.remember(tx, _NEEDED, json.dumps(sorted(key_ids)))
