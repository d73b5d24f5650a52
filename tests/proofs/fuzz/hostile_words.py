"""What stands in a path, a query or a header where nobody expects it (pure)."""

import json
import random
import uuid
from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import quote

_LONG: Final = (60, 61, 3_000, 5_000, 5_000)
_OPTIONS: Final = ("fields", "variants", "period", "limit", "limit", "role", "name", "days")
_NO_OPTIONS: Final = (*("", "key", "creator", "limit[]", "__proto__", "fields%00", "%ff", "+", "x" * 500),)
_VALUES: Final = (
    *("", "+", "0", "1", "-1", "+5", "200", "201", "1e3", "0x10", "1_0", "nan", "%00", "a%00b", "%0d%0aX:+y"),
    *(
        "%ff%fe",
        "%ed%a0%80",
        "%f0%9f%92%8c",
        "%c2%b2",
        "%d9%a3",
        "%e2%80%ae",
        "%",
        "%zz",
        "%25%30%30",
        "%23x",
    ),
    *(
        "waiting",
        "waiting,",
        ",,,",
        "waiting,media",
        "media,media",
        "main,blurred,x",
        "owner",
        "viewer",
        "none",
    ),
    *("today", "last+week", "last+9999+weeks", "9999+years", "0000", "9999", "9998-12", "2026-13", "31+feb"),
    *(
        "29+feb",
        "30..1",
        "1-15+nov",
        "nov+9999",
        "dec+9999",
        "1+jan+0001..31+dec+9999",
        "2026-13-45",
        "..",
        "-",
    ),
    *("%d9%a3%d9%a3%d9%a3%d9%a3", "%d9%a0%d9%a0%d9%a0%d9%a0", "%d9%a3", "last+%d9%a3+days", "7", "30"),
    *("'+OR+1=1+--", "%27%3b+DROP+TABLE+api_keys", "{{7*7}}", "${jndi:x}", "../../etc/passwd", "<script>"),
    *("<other>", "<own>"),
)
_DRAFT_TEXTS: Final = ("hello", "hello {name}", "", "\u202ex", "x" * 1_600, 7, None)
_NO_DRAFTS: Final = (b"[" * 30_000, b"1e999", b"null", b"0" * 70_000)
_DRAFT_PARTS: Final = {
    "price_cents": (500, 1, -1, 2**70, 1.5, "500", True),
    "media": (["x"], ["x"] * 30, "x", [None], [str(uuid.UUID(int=7))]),
    "preview": ("x", str(uuid.UUID(int=7)), 1),
    "answers": ("0", "x" * 200, None, "\0"),
    "send": (True,),
}
_LISTS: Final[Sequence[object]] = (["Everyone"], ["Everyone"], [], ["a"] * 11, "Everyone", ["a,b"], [""], [7])
_MOMENTS: Final = (
    *("2999-01-01T00:00:00Z", "9999-12-31T23:59:59+14:00", "0001-01-01T00:00:00-14:00"),
    *("2027-01-01T00:00:00Z", "now", 1e300, ""),
)
_MANY_PARTS: Final = {name: values for name, values in _DRAFT_PARTS.items() if name != "answers"}
# What drafts of the alerts channel may have beside their text, by kind; and what they need.
DRAFTS: Final[Mapping[str, Mapping[str, Sequence[object]]]] = {
    "mass": {**_MANY_PARTS, "except": (["Nobody"], "x", [None]), "at": _MOMENTS},
    "post": {
        **_MANY_PARTS,
        "audience": ("subscribers", "followers-and-subscribers", "everybody", None),
        "at": _MOMENTS,
        "expires": _MOMENTS,
        "collections": (["Summer"], ["a,b"], ["x"] * 11, "Summer", [None]),
    },
    "template": {**_MANY_PARTS, "shared": (True, False, None)},
}
_NEEDED: Final[Mapping[str, Mapping[str, Sequence[object]]]] = {
    "mass": {"to": _LISTS},
    "template": {"name": ("hello", "Hello", "", "x" * 60, "\0", "\u202e", "{name}", 7, None)},
}
_URLS: Final = (
    *("https://hook.invalid/a", "https://hook.invalid/b", "http://hook.invalid/", "https://127.0.0.1/", "x"),
    *("https://[::1]:1/", "https://2130706433/", "https://hook.invalid:99999/", "https://\u2488\u2488/", 7),
    *(
        "https://hook.invalid/" + "x" * 3_000,
        "https://a:b@hook.invalid/",
        "https://%00/",
        "https://[v1.x]/",
        "",
    ),
)
_WEBHOOK_PARTS: Final = {
    "events": (["message.sent"], ["message.received", "x"], [], "message.sent", [None], ["x"] * 30),
    "secret": ("whsec_x",),
    "inside": (True,),
}
OF_A_MESSAGE: Final = "Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n"
_TOOLS: Final = (
    *("creator_context", "creator_context", "fan_context", "draft_reply", "draft_mass_message"),
    *("draft_outcome", "withdraw_draft", "send_reply", "", "x" * 500, "\x00", 7, None),
)
_ARGUMENTS: Final = {
    "fields": (["waiting"], ["waiting", "earnings"], ["secrets"], "waiting", [None]),
    "fan": ("x", "../..", "\x00", "", "x" * 300, 7),
    "limit": (1, 0, -1, 10**30, "3", None),
    "period": ("last week", "9999 years", "\x00"),
    "text": ("hello", "", "\u202ex", 7),
    "to": (["Everyone"], [], "Everyone"),
    "creator": ("maker2", "*"),
    "draft": ("x", "\x00", ""),
    "once": ("a\r\nX: y", "a"),
}
_METHODS_OF_MCP: Final = (
    *("tools/list", "initialize", "ping", "resources/read", "subscriptions/listen", "server/discover"),
    *(
        "logging/setLevel",
        "completion/complete",
        "notifications/initialized",
        "notifications/cancelled",
        "x",
        "",
    ),
)
_PERIOD_WORDS: Final = (
    *(
        "last",
        "this",
        "week",
        "weeks",
        "year",
        "months",
        "days",
        "nov",
        "feb",
        "dec",
        "jan",
        "29",
        "31",
        "0",
        "1",
    ),
    *(
        "0000",
        "9999",
        "0001",
        "2026",
        "-",
        "..",
        "to",
        "2026-11",
        "0000-12",
        "9999-12-31",
        "%d9%a0%d9%a0%d9%a0%d9%a0",
    ),
)
# <own> is the creator whom the key is of, <other> another one.
_CREATORS: Final = (
    *("%00", "%00<own>", "<own>%00", "%ff", "%ed%a0%80", "\xff", "\xed\xa0\x80", "%e2%80%ae", "%f0%9f%92%8c"),
    *(
        ".",
        "..",
        "%2e%2e",
        "%2f",
        "<own>%2f..%2f<other>",
        "..%2f<other>",
        "<own>/../<other>",
        "*",
        "%",
        "%25",
    ),
    *(
        "<own>%252f<other>",
        "_",
        "%5f",
        "<own>;x=1",
        "<own>%3fx",
        "<own>%23",
        "{creator}",
        "%7bcreator%7d",
        "'",
    ),
    *(
        "%27+OR+1=1--",
        "@",
        "@<own>",
        "%40%40<own>",
        "%20<own>%20",
        "m%61ker1",
        "m%C4%81ker1",
        "<other>,<own>",
    ),
    *("<own>,<other>", "<other>", "@<other>", "<other>%20", "%e2%80%8b<other>", "MAKER1", "maker%", "maker_"),
)
_TARGETS: Final = (
    *("{0}/", "/{0}", "{0}//", "{0}/..", "{0}%00", "{0}#fragment", "{0};x", "/.{0}", "{0}/x/y", "{0}%20"),
    *("http://elsewhere.example{0}", "https://{0}", "//elsewhere.example{0}", "*", "{0}?", "{0}??", "{0}\\"),
)
HEADERS: Final = (
    *(
        "Accept: application/xml",
        "Accept: \xff",
        "Range: bytes=0-1",
        "Range: bytes=9-1,-0",
        "If-None-Match: *",
    ),
    *(
        "Cookie: a=b; =;; \xff",
        "X-Forwarded-For: 127.0.0.1",
        "X-Forwarded-For: \xff, ,,",
        "Forwarded: for=::1",
    ),
    *(
        "X-HTTP-Method-Override: DELETE",
        "X-Original-URL: /metrics",
        "Origin: null",
        "Accept-Language: \xff-de",
    ),
    *(
        "Content-Type: multipart/form-data",
        "Content-Type: application/json; charset=nobody",
        "Content-Type: \xff",
    ),
    *("Content-Encoding: gzip", "Accept-Encoding: gzip;q=9, *;q=\xff", "Priority: u=99", "TE: trailers"),
)
METHODS: Final = (
    "HEAD",
    "PUT",
    "PATCH",
    "OPTIONS",
    "TRACE",
    "BREW",
    "POST",
    "DELETE",
    "GET",
    "get",
    "PROPFIND",
)


def query(rng: random.Random, own: str, other: str) -> str:
    """What stands behind the question mark, in the letters of an address. Both are handles."""
    if rng.random() < 0.1:
        return rng.choice(("&" * 500, "=" * 500, "a=1&" * 400, "?" * 50, "%", ";" * 100, "fields", "limit"))
    names = (_option(rng) for _ in range(rng.choice((1, 1, 1, 2, 3, 8))))
    pairs = [f"{name}={_value(rng, name)}" for name in names]
    return _named("&".join(pairs)[:7_000], own, other)


def creator(rng: random.Random, own: str, other: str) -> str:
    """What stands in a path where an id or a handle belongs."""
    junk = quote(rng.randbytes(rng.randrange(1, 60)), safe="")
    return _named(
        rng.choice((*_CREATORS, junk, "x" * rng.choice(_LONG), "%00" * 200, "9" * 5_000)), own, other
    )


def draft(rng: random.Random, kind: str) -> bytes:
    """The body of a draft of this kind: right, nearly right, or nothing like it."""
    body: dict[str, object] = {"text": rng.choice(_DRAFT_TEXTS)}
    body |= {name: rng.choice(values) for name, values in _NEEDED.get(kind, {}).items()}
    return _json(rng, body, DRAFTS.get(kind, _DRAFT_PARTS))


def webhook(rng: random.Random) -> bytes:
    """The body of a webhook, likewise."""
    return _json(rng, {"url": rng.choice(_URLS)}, _WEBHOOK_PARTS)


def _json(rng: random.Random, body: dict[str, object], parts: Mapping[str, Sequence[object]]) -> bytes:
    for name, values in parts.items():
        if rng.random() < 0.2:
            body[name] = rng.choice(values)
    raw = json.dumps(body).encode()
    return raw if rng.random() < 0.8 else rng.choice((raw[:-1], b"\xff" + raw, *_NO_DRAFTS))


def target(rng: random.Random, path: str) -> str:
    """Something like this path."""
    return rng.choice(_TARGETS).replace("{0}", path)


def _option(rng: random.Random) -> str:
    return rng.choice(_OPTIONS if rng.random() < 0.8 else _NO_OPTIONS)


def _value(rng: random.Random, name: str) -> str:
    if rng.random() < 0.3:
        return rng.choice(("9", "9", "0", "x", "%20", "-", "nov-")) * rng.choice(_LONG)
    if name == "period" and rng.random() < 0.7:
        return "+".join(rng.choice(_PERIOD_WORDS) for _ in range(rng.randrange(1, 5)))
    return rng.choice(_VALUES)


def _named(text: str, own: str, other: str) -> str:
    return text.replace("<own>", own).replace("<other>", other)


def message_of(tool: object, arguments: Mapping[str, object]) -> bytes:
    """A call of a tool, as an agent sends it."""
    params = {"name": tool, "arguments": arguments}
    return json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}).encode()


def message(rng: random.Random) -> bytes:
    """What is sent where a message of MCP belongs."""
    kind = rng.random()
    if kind < 0.1:
        return rng.choice((*_NO_DRAFTS, b"[]", b"{}", b'{"jsonrpc": "2.0"}', b'{"id": 1e400}', b"\xff"))
    if kind < 0.3:
        said = {
            "jsonrpc": "2.0",
            "id": rng.choice((1, "a", None, 2**70)),
            "method": rng.choice(_METHODS_OF_MCP),
        }
        return json.dumps({**said, "params": rng.choice(({}, [], None, {"uri": "file:///etc"}))}).encode()
    names = rng.sample(sorted(_ARGUMENTS), rng.randrange(0, 4))
    return message_of(rng.choice(_TOOLS), {name: rng.choice(_ARGUMENTS[name]) for name in names})
