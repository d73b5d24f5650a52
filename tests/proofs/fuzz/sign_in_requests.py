"""Requests to the agents' sign-in: codes and tokens that nobody gave."""

import base64
import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from bot.features.operations.agent_sign_in.client_rules import registered
from bot.features.people.accounts.keyring import Keyring
from tests.proofs.fuzz import hostile_words
from tests.proofs.fuzz.fuzz_requests import CLOSE, request, spoilt

BACK: Final = "http://127.0.0.1:33418/callback"
_CONSENT: Final = b"/oauth/consent"
_KNOWN: Final = ("/.well-known/oauth-protected-resource", "/.well-known/oauth-authorization-server")
_TOOLS: Final = "/api/v1/mcp"
_FORMS: Final = ("/oauth/token", "/oauth/revoke")
_BROWSED: Final = ("/oauth/authorize", "/oauth/consent", "/oauth/consent/state")
_FORM, _JSON = "application/x-www-form-urlencoded", "application/json"
_GRANTS: Final = ("authorization_code", "refresh_token", "client_credentials", "password", "")
_ODD: Final = (
    *("", "\0", "\u0663", "x" * 3_000, "a\r\nX: y"),
    *("' OR 1=1 --", "javascript:alert(1)", "//x", "{{7*7}}"),
)
_WRONG_JSON: Final = (
    *(b"", b"[]", b"null", b"1e999", b"[" * 5_000),
    *(b"\xff\xfe", b"9" * 5_000, b"{" + b" " * 9_000),
)
_ALL_RIGHT: Final = 0.005  # of those that begin a sign-in: each waits ten minutes, and 500 may wait
_LOCATION: Final = re.compile(rb"\r\nLocation: ([^\r]*)\r\n", re.IGNORECASE)


@dataclass(frozen=True)
class SignInRequest:
    """One request as bytes. `wanted`: the one answer that is right, where there is one."""

    raw: bytes
    alone: bool = False  # it spoils its connection
    wanted: int | None = None


def is_given(answer: bytes) -> bool:
    """Whether it hands out a token, or sends a browser away with an answer: nobody here said yes."""
    away = (where for where in _LOCATION.findall(answer) if not where.startswith(_CONSENT))
    return b'"access_token"' in answer or any(b"code=" in where for where in away)


def sign_in_shot(rng: random.Random, ring: Keyring) -> SignInRequest:
    """The next request; each comes from an address of its own, so that no pace stops it."""
    return rng.choices(_KINDS, _WEIGHTS)[0](rng, ring)


def right_requests(ring: Keyring) -> Iterator[SignInRequest]:
    """What is still answered afterwards."""
    rng = random.Random(0)  # noqa: S311 - there is nothing to choose
    for path in (*_KNOWN, _KNOWN[0] + _TOOLS):
        yield SignInRequest(_sent(rng, "GET", path), wanted=200)
    yield SignInRequest(_sent(rng, "POST", "/oauth/register", _packed(_client()), _JSON), wanted=201)
    yield SignInRequest(_sent(rng, "GET", f"/oauth/authorize?{urlencode(_asked(ring))}"), wanted=303)


def _metadata(rng: random.Random, _ring: Keyring) -> SignInRequest:
    path = rng.choice(
        (*_KNOWN, _KNOWN[0] + _TOOLS, _KNOWN[0] + "/" + rng.randbytes(4).hex(), _KNOWN[1] + "/x")
    )
    query = rng.choice(("", f"?{hostile_words.query(rng, 'own', 'other')}"))
    return SignInRequest(_sent(rng, "GET", path + query))


def _registering(rng: random.Random, _ring: Keyring) -> SignInRequest:
    body: Any = _client()
    for name in rng.sample((*body, "scope", "grant_types", "jwks"), rng.randrange(3)):
        odd = rng.choice(_ODD)
        body[name] = rng.choice((odd, [odd], [odd] * 50, {odd: odd}, None, 2**70, True))
    raw = rng.choice((_packed(body), _packed(body), rng.choice(_WRONG_JSON)))
    return SignInRequest(_sent(rng, "POST", "/oauth/register", raw, rng.choice((_JSON, _JSON, _FORM, "x"))))


def _beginning(rng: random.Random, ring: Keyring) -> SignInRequest:
    asked = _asked(ring)
    if rng.random() >= _ALL_RIGHT:
        name = rng.choice(("client_id", "redirect_uri", "response_type", "code_challenge", "resource"))
        asked[name] = rng.choice(_ODD)
    return SignInRequest(_sent(rng, "GET", f"/oauth/authorize?{urlencode(asked)}"))


def _waiting(rng: random.Random, _ring: Keyring) -> SignInRequest:
    cookie = rng.choice((_guess(rng), "", "=;=", "x" * 2_000, rng.choice(_ODD[:3]).replace("\0", "%00")))
    extra = f"Cookie: agent={cookie}\r\n".encode("ascii", "replace").decode()
    return SignInRequest(_sent(rng, "GET", rng.choice(_BROWSED[1:]), extra=extra))


def _guessing(rng: random.Random, ring: Keyring) -> SignInRequest:
    """A code or a token that nobody was given."""
    fields = {
        "grant_type": rng.choice(_GRANTS),
        "code": rng.choice((_guess(rng), *_ODD)),
        "code_verifier": _guess(rng),
        "redirect_uri": BACK,
        "client_id": rng.choice((_asked(ring)["client_id"], *_ODD)),
        "refresh_token": f"fbr.{_guess(rng)[:22]}.{_guess(rng)}.{_guess(rng)}",
        "token": rng.choice((f"fba.{_guess(rng)[:22]}.{_guess(rng)}", *_ODD)),
    }
    pairs = rng.sample(list(fields.items()), rng.randrange(1, len(fields) + 1))
    body = urlencode([*pairs, *rng.choice(((), pairs[:1]))]).encode()
    kind = rng.choice((_FORM, _FORM, _FORM, _JSON, "text/plain"))
    return SignInRequest(_sent(rng, "POST", rng.choice(_FORMS), body, kind))


def _spoilt(rng: random.Random, _ring: Keyring) -> SignInRequest:
    """Another method, a giant body, or what is hardly HTTP."""
    path = rng.choice(("/oauth/register", *_FORMS, *_BROWSED, *_KNOWN))
    method = rng.choice(("GET", "HEAD", "PUT", "DELETE", "OPTIONS", "POST", "BREW"))
    body = rng.choice((b"?" * 1_217, b"?" * 300_000))
    raw = _sent(rng, method, path, body, rng.choice((_FORM, _JSON)), CLOSE)
    return SignInRequest(raw if rng.random() < 0.5 else spoilt(rng, raw, body), alone=True)


def _client() -> dict[str, Any]:
    return {"client_name": "Helper", "redirect_uris": [BACK]}


def _asked(ring: Keyring) -> dict[str, str]:
    return {
        "response_type": "code",
        "client_id": registered(_client(), ring).id,
        "redirect_uri": BACK,
        "code_challenge": "c" * 43,
        "code_challenge_method": "S256",
        "scope": "data",
    }


def _guess(rng: random.Random) -> str:
    return base64.urlsafe_b64encode(rng.randbytes(32)).decode().rstrip("=")


def _packed(body: Any) -> bytes:
    return json.dumps(body).encode()


def _sent(
    rng: random.Random, method: str, path: str, body: bytes = b"", kind: str = "", extra: str = ""
) -> bytes:
    home = f"X-Forwarded-For: 203.{'.'.join(str(one) for one in rng.randbytes(3))}\r\n"
    said = f"Content-Type: {kind}\r\n" if kind else ""
    return request(body, method=method, path=path, extra=f"{home}{said}{extra}")


Kind = Callable[[random.Random, Keyring], SignInRequest]
_KINDS: tuple[Kind, ...] = (_metadata, _registering, _beginning, _waiting, _guessing, _spoilt)
_WEIGHTS = (5, 20, 20, 15, 30, 10)
