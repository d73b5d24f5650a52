"""Requests, from nearly right to not HTTP at all, with what they claim."""

import gzip
import json
import random
from collections.abc import Callable
from dataclasses import dataclass

from tests.proofs.fuzz import webhook_bodies
from tests.proofs.fuzz.signature_verifier import mac

SECRETS = ("whsec_of_today", "whsec_of_yesterday")
STRANGER = "whsec_of_somebody_else"
PATH = "/webhooks/fanvue"
HEADER = "X-Fanvue-Signature"
CLOSE = "Connection: close\r\n"


@dataclass(frozen=True)
class FuzzRequest:
    """One request as bytes, and what a judge needs to know of it."""

    raw: bytes
    body: bytes
    signatures: tuple[str, ...]
    whole: bool = True  # it is plain HTTP: the answer must agree with the judge, either way
    alone: bool = False  # it spoils its connection


def shot(rng: random.Random, now: int) -> FuzzRequest:
    """The next request."""
    kind = rng.choices(_KINDS, _WEIGHTS)[0]
    return kind(rng, now)


def request(
    body: bytes,
    *signatures: str,
    method: str = "POST",
    path: str = PATH,
    extra: str = "",
    length: int | None = None,
) -> bytes:
    """Plain HTTP."""
    signed = "".join(f"{HEADER}: {signature}\r\n" for signature in signatures)
    size = len(body) if length is None else length
    head = (
        f"{method} {path} HTTP/1.1\r\nHost: bridge.example\r\n{signed}{extra}Content-Length: {size}\r\n\r\n"
    )
    return head.encode("latin-1", "replace") + body


def signature(body: bytes, now: int, secret: str = SECRETS[0]) -> str:
    """What Fanvue would send."""
    return f"t={now},v0={mac(secret, f'{now}.'.encode() + body)}"


def _honest(rng: random.Random, now: int) -> FuzzRequest:
    """Signed as it should be, whatever the body is."""
    body = webhook_bodies.good(rng) if rng.random() < 0.5 else webhook_bodies.bad(rng)
    at = now + rng.choice((0, 0, -290, 290, rng.randrange(-280, 280)))
    sealed = signature(body, at, rng.choice(SECRETS))
    return FuzzRequest(request(body, sealed), body, (sealed,))


def _late(rng: random.Random, now: int) -> FuzzRequest:
    body = webhook_bodies.good(rng)
    sealed = signature(body, now + rng.choice((-1, 1)) * rng.choice((310, 400, 3_600, 10**9)))
    return FuzzRequest(request(body, sealed), body, (sealed,))


def _stranger(rng: random.Random, now: int) -> FuzzRequest:
    """Somebody signs with a secret that is none of ours."""
    body = webhook_bodies.good(rng)
    sealed = signature(body, now, rng.choice((STRANGER, "", SECRETS[0][:-1], SECRETS[0].upper())))
    return FuzzRequest(request(body, sealed), body, (sealed,))


def _tampered(rng: random.Random, now: int) -> FuzzRequest:
    """The body is another one than was signed."""
    body = webhook_bodies.good(rng)
    sealed, place = signature(body, now), rng.randrange(len(body))
    other = rng.choice(
        (
            body[:place] + bytes([body[place] ^ 1 << rng.randrange(8)]) + body[place + 1 :],
            body[:place],
            body + b" ",
            b"\n" + body,
            json.dumps(json.loads(body), indent=1).encode(),
            webhook_bodies.good(rng),
            b"",
        )
    )
    return FuzzRequest(request(other, sealed), other, (sealed,))


def _misspelt(rng: random.Random, now: int) -> FuzzRequest:
    """A right signature, written in ways that are right, wrong, or hostile."""
    body = webhook_bodies.good(rng)
    right = signature(body, now)
    mark = right.split("v0=")[1]
    time = str(now)
    spelt = rng.choice(
        (
            f"v0={mark},t={time}",
            f"t={time}, v0={mark.upper()}",
            f"t={time},v0={'0' * 64},v0={mark}",
            f"t={time},v1={mark}",
            f"t={time},v0={mark},v1=later,extra",
            f"t={time},t={time},v0={mark}",
            f"t={time},v0={mark},t=",
            f"t=0{time},v0={mark}",
            f"t={time}.0,v0={mark}",
            f"t=+{time},v0={mark}",
            f"t=-{time},v0={mark}",
            f"t= {time} ,v0= {mark}",
            f"t={time},v0=0x{mark[2:]}",
            f"t={time},v0={mark[:-1]}",
            f"t={time},v0={mark}0",
            f"t={time};v0={mark}",
            f"T={time},V0={mark}",
            f"t={time}" + f",v0={mark}" * 5,
            f"t={time},v0={mark}" + ",x=y" * 300,
            f"t=,v0={mark}",
            f"t={'9' * rng.choice((12, 13, 400))},v0={mark}",
            f"t={time},v0=",
            f"v0={mark}",
            f"t={time}",
            "",
            "é" * 64,
            "\xff\xfe=\x80,v0=\xa0",
            "".join(chr(rng.randrange(33, 256)) for _ in range(rng.randrange(200))),
        )
    )
    return FuzzRequest(request(body, spelt), body, (spelt.strip(),))


def _several(rng: random.Random, now: int) -> FuzzRequest:
    """Two signature headers, or none."""
    body = webhook_bodies.good(rng)
    right, wrong = signature(body, now), signature(body, now, STRANGER)
    found = rng.choice(((right, wrong), (wrong, right), (right, right), (wrong, wrong), ()))
    return FuzzRequest(request(body, *found), body, found, whole=len(found) == 0)


def _encoded(rng: random.Random, now: int) -> FuzzRequest:
    """Bodies that say they are packed, and bodies that are too big; nothing of them is kept."""
    body = webhook_bodies.good(rng)
    packed = rng.choice((gzip.compress(body), body, gzip.compress(b"0" * 2_000_000)))
    sealed = signature(packed, now)
    extra = f"Content-Encoding: {rng.choice(('gzip', 'deflate', 'br', 'GZIP', 'identity, gzip', 'x'))}\r\n"
    return FuzzRequest(request(packed, sealed, extra=CLOSE + extra), packed, (), alone=True)


def _big(rng: random.Random, now: int) -> FuzzRequest:
    size = webhook_bodies.LARGEST + rng.choice((-1, 0, 1, 1_000))
    body = b" " * size
    sealed = signature(body, now)
    fits = size <= webhook_bodies.LARGEST
    return FuzzRequest(
        request(body, sealed, extra=CLOSE), body, (sealed,) if fits else (), whole=fits, alone=True
    )


def _elsewhere(rng: random.Random, now: int) -> FuzzRequest:
    """Other methods, other paths, the link pages."""
    body, junk = webhook_bodies.good(rng), rng.randbytes(12).hex()
    sealed = signature(body, now)
    method = rng.choice(("GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "POST", "TRACE", "BREW"))
    path = rng.choice(
        (
            "/webhooks/fanvue/",
            "//webhooks/fanvue",
            "/webhooks/%66anvue2",
            "/webhooks/../webhooks/fanvue",
            f"/link/{junk}",
            f"/link/{junk}/start",
            "/link/" + "%00" * 5,
            f"/oauth/fanvue/callback?state={junk}&code={junk}",
            "/oauth/fanvue/callback?state=%ff%fe&code[]=1&state=2",
            f"/oauth/discord/callback?error={junk}&state={junk}",
            "/oauth/discord/callback?" + "a=1&" * 500,
            f"/{junk}?{'x' * 3_000}",
            "/healthz",
            "/metrics",
        )
    )
    cookie = f"{CLOSE}Cookie: __Host-link={rng.choice((junk, '=;=;', 'x' * 2_000))}\r\n"
    raw = request(body, sealed, method=method, path=path, extra=cookie)
    return FuzzRequest(raw, body, (), whole=False, alone=True)


def _broken(rng: random.Random, now: int) -> FuzzRequest:
    """What is hardly HTTP any more; the body in it was not signed by anybody."""
    body = webhook_bodies.good(rng)
    sealed = signature(body, now, STRANGER)
    raw = request(body, sealed, extra=CLOSE)
    return FuzzRequest(spoilt(rng, raw, body), body, (), whole=False, alone=True)


def spoilt(rng: random.Random, raw: bytes, body: bytes) -> bytes:
    """A request with this body, and something wrong in its first line, its headers or its length."""
    method = raw.partition(b" ")[0] + b" "
    size = str(len(body)).encode()
    chunked = raw.replace(b"Content-Length: " + size, b"Transfer-Encoding: chunked")
    return rng.choice(
        (
            lambda: raw.replace(
                b"HTTP/1.1", rng.choice((b"HTTP/1.0", b"HTTP/9.9", b"HTTP/", b"FTP/1.1", b"")), 1
            ),
            lambda: raw.replace(method, rng.choice((b"", b"POST\x00 ", b"PO ST ", b"post ")), 1),
            lambda: raw.replace(size, rng.choice((b"-1", b"1e3", b"0x10", b"99999999999", b" ", b"+5")), 1),
            lambda: raw.replace(size, b"3", 1),
            lambda: raw.replace(b"Content-Length", b"Content-Length: 1\r\nContent-Length", 1),
            lambda: raw.replace(b"Content-Length", b"Transfer-Encoding: chunked\r\nContent-Length", 1),
            lambda: chunked.replace(
                body, rng.choice((b"ZZ\r\n", b"5\r\nab", b"-5\r\n", b"FFFFFFFFFFFFFFFFF\r\n", b"0\r\n\r\n"))
            ),
            lambda: raw.replace(b"Host:", b"X-Long: " + b"a" * rng.choice((8_000, 20_000)) + b"\r\nHost:", 1),
            lambda: raw.replace(b"Host:", b"X: y\r\n" * rng.choice((100, 2_000)) + b"Host:", 1),
            lambda: raw.replace(
                b"Host:", rng.choice((b" folded\r\nHost:", b"Ho\x00st:", b"\xff\xff:", b": ")), 1
            ),
            lambda: raw.replace(b"\r\n", b"\n"),
            lambda: raw[: rng.randrange(len(raw))],
            lambda: rng.randbytes(rng.randrange(1, 400)),
            lambda: bytes(b if rng.random() > 0.01 else rng.randrange(256) for b in raw),
        )
    )()


Kind = Callable[[random.Random, int], FuzzRequest]
_KINDS: tuple[Kind, ...] = (
    _honest, _late, _stranger, _tampered, _misspelt, _several, _encoded, _big, _elsewhere, _broken,
)  # fmt: skip
_WEIGHTS = (26, 4, 8, 18, 20, 5, 3, 0.2, 7, 8.8)
