"""Seals a token pair for its row, and says when it is to be renewed (pure)."""

import json
from dataclasses import asdict, dataclass

from bot.model.ports import Sealer
from storage.people.pending_links import PendingLink
from storage.people.tokens import NewPair, StoredPair
from storage.records import Link, Millis

_EARLIEST: Millis = 900_000
_A_QUARTER = 4


@dataclass(frozen=True)
class UnsealedTokenPair:
    """Tokens in clear, for as short as possible; never logged."""

    access: str
    refresh: str
    issued_at: Millis
    expires_at: Millis

    def __repr__(self) -> str:
        return f"Pair(expires_at={self.expires_at})"


def renew_at(pair: UnsealedTokenPair) -> Millis:
    """At 75 % of the lifetime, but no sooner than 15 minutes before its end."""
    return pair.expires_at - min(_EARLIEST, (pair.expires_at - pair.issued_at) // _A_QUARTER)


def seal_pair(sealer: Sealer, link: Link, generation: int, pair: UnsealedTokenPair) -> NewPair:
    """The row of a pair; it opens for this link, this creator and this generation only."""
    return NewPair(
        link=link.id,
        generation=generation,
        access=sealer.seal(_place("access_ct", link, generation), pair.access.encode()),
        refresh=sealer.seal(_place("refresh_ct", link, generation), pair.refresh.encode()),
        expires_at=pair.expires_at,
        renew_at=renew_at(pair),
    )


def access_of(sealer: Sealer, link: Link, row: StoredPair) -> str:
    """The access token of a row."""
    return sealer.open(_place("access_ct", link, row.generation), row.access).decode()


def refresh_of(sealer: Sealer, link: Link, row: StoredPair) -> str:
    """The refresh token of a row."""
    return sealer.open(_place("refresh_ct", link, row.generation), row.refresh).decode()


def seal_pending(sealer: Sealer, pending: PendingLink, pair: UnsealedTokenPair) -> bytes:
    """A pair that waits for its owner's Yes; it opens for this question only."""
    return sealer.seal(_place_of_pending(pending), json.dumps(asdict(pair)).encode())


def open_pending(sealer: Sealer, pending: PendingLink, sealed: bytes) -> UnsealedTokenPair:
    """The pair that `seal_pending` sealed."""
    return UnsealedTokenPair(**json.loads(sealer.open(_place_of_pending(pending), sealed)))


# Whose, where and as what belongs to the place: changed by hand, the tokens open no more.


def _place(column: str, link: Link, generation: int) -> str:
    whose = f"{link.discord_user}|{link.guild}|{link.kind}"
    return f"tokens|{column}|{link.id}|{link.creator}|{generation}|{whose}"


def _place_of_pending(pending: PendingLink) -> str:
    whose = f"{pending.discord_user}|{pending.guild}|{pending.kind}"
    return f"pending_links|tokens_ct|{pending.id}|{pending.creator}|{whose}"
