"""The header `Authorization` of a page: right, nearly right, and hostile (pure)."""

import base64
import random
from typing import Final

from bot.features.operations.operator_requests.signature import signed_request
from bot.features.people.accounts.keyring import Keyring, MasterKey
from tests.proofs.fuzz import fuzz_creators as keys
from tests.proofs.fuzz.fuzz_creators import key_text, secret_of

_STRANGER: Final = Keyring([MasterKey("1", bytes(32))])
_TOO_LATE: Final = 60_001 + 5_000  # milliseconds, as the server's clock goes on meanwhile
_HOSTILE: Final = (
    *(
        "\xff",
        "Bearer \xff",
        "Bearer fbk.\xff.\xff",
        "Bearer fbk.a\xe9.b",
        "\xe9" * 3_000,
        "Bearer \x80",
        "\xa0",
    ),
    *("Bearer fbk.a.b\x00", "Bearer fbk.\x7f.b", "Bearer \x01", "x" * 8_000, "Bearer " + "x" * 9_000),
    *("Bearer fbk." + "a" * 4_000 + "." + "b" * 4_000, "Bearer " * 500, "Bearer fbk" + "." * 1_000),
    *("Bridge-Operator \xff \xff", "Bridge-Operator 1 \xe9:1", "Bridge-Operator \xb2 x:1", "Bridge-Operator"),
    *("Bridge-Operator " + "9" * 5_000 + " x:1", "Bridge-Operator 1 " + "0" * 64 + ":" + "1" * 4_000),
    *(
        "",
        " ",
        "Bearer",
        "Bearer ",
        "bearer fbk",
        "Basic Og==",
        "Basic \xff",
        "Digest username=x",
        "Negotiate",
    ),
    *(
        "Bearer fbk.' OR 1=1 --.x",
        "Bearer fbk..",
        "Bearer null",
        "Bearer undefined",
        "Bearer {key}",
        "Bearer *",
    ),
)


def right(key: str, *, operator: bool, ring: Keyring, sent: tuple[str, str], now: int) -> str:
    """What opens a page. `sent`: method and target; `now`: milliseconds; `key`: of a program."""
    return signed_request(ring, *sent, now=now) if operator else f"Bearer {key_text(key)}"


def wrong(
    rng: random.Random, *, operator: bool, ring: Keyring, sent: tuple[str, str], now: int
) -> str | None:
    """What opens no page. None: there is no such header."""
    if rng.random() < 0.35:
        junk = "".join(
            chr(rng.choice((*range(33, 127), *range(160, 256)))) for _ in range(rng.randrange(300))
        )
        return rng.choice((*_HOSTILE, None, junk, f"Bearer {junk}", f"Bridge-Operator {now} {junk}"))
    nearly = _nearly_signed(ring, *sent, now) if operator else _nearly_keys(rng)
    return rng.choice(nearly)


def is_plain(header: str | None) -> bool:
    """Whether any server reads this header, so that it is the page which answers."""
    return header is None or (
        header.isascii() and (header == "" or header.isprintable()) and len(header) < 8_000
    )


def _nearly_keys(rng: random.Random) -> tuple[str, ...]:
    mine, other = (rng.choice(one.keys) for one in rng.sample(keys.CREATORS, 2))
    text, secret = key_text(mine), secret_of(mine)
    place = rng.randrange(len(secret))
    turned = "A" if secret[place] != "A" else "B"
    return (
        *(f"Bearer {key_text(key)}" for key in 2 * (keys.ENDED, keys.EXPIRED, keys.ORPHAN, keys.NEVER_MADE)),
        f"Bearer fbk.{mine}.{secret_of(other)}",
        f"Bearer fbk.{mine}.{secret[:place]}{turned}{secret[place + 1 :]}",
        f"Bearer fbk.{mine}.{secret[:-1]}",
        f"Bearer fbk.{mine}.{secret}=",
        f"Bearer fbk.{mine.upper()}.{secret}",
        f"Bearer FBK.{mine}.{secret}",
        f"Bearer fbk.{mine}.{secret.swapcase()}",
        f"Bearer {text},{text}",
        f"Bearer Bearer {text}",
        f'Bearer "{text}"',
        f"Bearer={text}",
        f"Bearer:{text}",
        f"Bearer{text}",
        f"Basic {base64.b64encode(text.encode()).decode()}",
        f"Token {text}",
        text,
    )


def _nearly_signed(ring: Keyring, method: str, target: str, now: int) -> tuple[str, ...]:
    good = signed_request(ring, method, target, now=now)
    scheme, at, mac = good.split(" ")
    digest, _, key = mac.partition(":")
    turned = ("0" if digest[0] != "0" else "1") + digest[1:]
    return (
        signed_request(ring, method, target, now=now - _TOO_LATE),
        signed_request(ring, method, target, now=now + _TOO_LATE),
        signed_request(ring, "PUT", target, now=now),
        signed_request(ring, method, target + "?", now=now),
        signed_request(ring, method, target + "/", now=now),
        signed_request(_STRANGER, method, target, now=now),
        f"{scheme} {at} {turned}:{key}",
        f"{scheme} {at} {digest}:2",
        f"{scheme} {at} \xff:{key}",
        f"{scheme} {at} {digest}:\xff",
        f"{scheme} {at[:-1]}\xb2 {mac}",
        f"{scheme} {at} {digest}",
        f"{scheme} {at} {digest[:-1]}:{key}",
        f"{scheme} {int(at) + 1} {mac}",
        f"{scheme} 0{at}{'0' * 10} {mac}",
        f"{scheme} -{at} {mac}",
        f"{scheme}  {at} {mac}",
        f"{scheme} {at} {mac} {mac}",
        f"{scheme.lower()} {at} {mac}",
        f"Bearer {mac}",
        f"Bearer {key_text(keys.CREATORS[0].keys[0])}",
    )
