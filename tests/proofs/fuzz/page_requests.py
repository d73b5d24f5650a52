"""Requests to pages of features: with a key, without one, hostile in each part."""

import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.features.people.accounts.keyring import Keyring
from tests.proofs.fuzz import hostile_words, page_keys
from tests.proofs.fuzz.fuzz_creators import CREATORS, LAST, LEFT, FuzzCreator, key_text
from tests.proofs.fuzz.fuzz_requests import CLOSE, request, spoilt

_BODY: Final = b"?" * 1_217  # its length stands nowhere else in a request
_PLACE: Final = re.compile(r"\{[^}]*\}")
_EVERYBODY: Final = frozenset(one.handle for one in (*CREATORS, LAST, LEFT))
_OK, _BAD, _NO_KEY, _NONE, _NO_METHOD, _TOO_FAST = 200, 400, 401, 404, 405, 429
_ANSWERS: Final = frozenset({_OK, _BAD, _TOO_FAST})
_OF_AN_AGENT: Final = frozenset({202, _NONE, 406, 413, 415})  # a notification, and what is no message
_OF_A_WEBHOOK: Final = frozenset({201, _NONE, 409, 413})
# Of a fan or a draft: it is made, the role or the scope is too narrow, it is not there, or no draft.
_OF_A_FAN: Final = frozenset({201, 403, _NONE, 409, 413, 422})
_REFUSALS: Final = frozenset({_BAD, _NO_KEY, _NONE, _NO_METHOD, 411, 413, 414, 415, 417, _TOO_FAST, 431})
# One of these each page of today can answer; a page that needs another one is found, and gets it here.
_QUERIES: Final = (
    "",
    "name=n8n",
    "fields=waiting,campaigns,calendar&limit=3&search=beach",
    "name=n8n&role=viewer&days=7",
    "key=<key>&url=http://127.0.0.1:1/",
)
# A body that is taken, by what a program makes.
_RIGHT: Final[Mapping[str, bytes]] = {
    "drafts": b'{"text": "hello"}',
    "mass-drafts": b'{"text": "hello", "to": ["Everyone"]}',
    "post-drafts": b'{"text": "hello"}',
    "template-drafts": b'{"name": "hello, too", "text": "hello"}',
    "webhooks": b'{"url": "https://hook.invalid/last"}',
    "mcp": hostile_words.message_of("creator_context", {"fields": ["waiting"]}),
}


@dataclass(frozen=True)
class FuzzPage:
    """A page of the running bridge. `operator`: it is the operator's, and takes signatures for keys."""

    port: int
    operator: bool
    method: str
    path: str
    # By creator: the ids of a draft of each kind, and of a webhook for each listener.
    things: Mapping[str, Mapping[str, str]] = field(default_factory=dict, compare=False)

    @property
    def opens_chats(self) -> bool:
        """Whether a key needs more than the narrowest scope."""
        return not self.operator and ("{fan}" in self.path or "draft" in self.path)

    @property
    def drafts(self) -> str:
        """What kind of draft its path is about: mass, post, or any other."""
        return next((word for word in hostile_words.DRAFTS if f"/{word}-drafts" in self.path), "draft")

    @property
    def refusals(self) -> frozenset[int]:
        """What any request to it may be refused with; agents' pages refuse those of other sites, too."""
        return _REFUSALS | {403} if self.is_for_agents else _REFUSALS

    @property
    def is_for_agents(self) -> bool:
        """Whether it takes messages of MCP: the key alone says about whom."""
        return self.path.endswith("/mcp")

    def of(self, creator: FuzzCreator, named: str) -> str:
        """Its path about this creator, whom it calls so."""
        known = self.things.get(creator.handle, {})
        draft = known.get(self.drafts, "none")
        webhook = known.get("hook" if self.operator else "webhook", "none")
        return self.filled(creator=named, key=creator.spare, fan=creator.fan, draft=draft, webhook=webhook)

    def filled(self, **values: str) -> str:
        """Its path with these values in its places, and something in each place that nobody knows."""
        return _PLACE.sub(lambda found: values.get(found[0][1:-1], "something"), self.path)


@dataclass(frozen=True)
class PageRequest:
    """One request, and what a judge needs to know of it."""

    page: FuzzPage
    raw: bytes
    wanted: frozenset[int]  # each status that may be answered
    reads: frozenset[str]  # the handles of those about whom it may be told: nobody without a right key
    alone: bool = False  # it spoils its connection


@dataclass(frozen=True)
class _PageShooter:
    """Makes requests to one page about one creator. `now`: milliseconds."""

    rng: random.Random
    page: FuzzPage
    creator: FuzzCreator
    ring: Keyring
    now: int

    @property
    def other(self) -> FuzzCreator:
        """Another one, of whom the key knows nothing."""
        return self.rng.choice([one for one in (*CREATORS[:3], LEFT) if one is not self.creator])

    def target(self, path: str | None = None, query: str | None = None) -> str:
        """Path and query, each of them right unless it is given."""
        own = self.rng.choice((self.creator.id, self.creator.handle))
        found = self.page.of(self.creator, own) if path is None else path
        asked = (self.rng.choice(_QUERIES) if query is None else query).replace("<key>", self.creator.keys[0])
        return f"{found}{'?' if asked else ''}{asked}"

    def hostile_query(self) -> str:
        return hostile_words.query(self.rng, self.creator.handle, self.other.handle)

    def right(self, target: str, method: str = "") -> str:
        """The header that opens it."""
        sent, key = (method or self.page.method, target), self.rng.choice(self.creator.keys)
        return page_keys.right(key, operator=self.page.operator, ring=self.ring, sent=sent, now=self.now)

    def wrong(self, target: str) -> str | None:
        """A header that opens nothing."""
        sent, operator = (self.page.method, target), self.page.operator
        return page_keys.wrong(self.rng, operator=operator, ring=self.ring, sent=sent, now=self.now)

    def maybe_right(self, target: str, method: str = "", *, chance: float = 0.5) -> tuple[bool, str | None]:
        """One of both, and whether it opens."""
        opens = self.rng.random() < chance
        return opens, self.right(target, method) if opens else self.wrong(target)

    def raw(
        self, target: str, key: str | None, *, method: str = "", extra: str = "", body: bytes = b""
    ) -> bytes:
        """The bytes of it; where a draft belongs, that is one unless another body is given."""
        if not body and self.page.method == "POST" and not self.page.operator:
            body = self._body()
        header = "" if key is None else f"Authorization: {key}\r\n"
        header += hostile_words.OF_A_MESSAGE if self.page.is_for_agents else ""
        return request(body, method=method or self.page.method, path=target, extra=f"{header}{extra}")

    def _body(self) -> bytes:
        if "webhooks" in self.page.path:
            return hostile_words.webhook(self.rng)
        if self.page.is_for_agents:
            return hostile_words.message(self.rng)
        return hostile_words.draft(self.rng, self.page.drafts)

    def opened(self, raw: bytes, wanted: frozenset[int], *, alone: bool = False) -> PageRequest:
        """It holds a right key. The operator's pages tell the operator of everybody."""
        return PageRequest(
            self.page,
            raw,
            wanted,
            _EVERYBODY if self.page.operator else frozenset({self.creator.handle}),
            alone,
        )

    def shut(self, raw: bytes, wanted: frozenset[int], *, alone: bool = False) -> PageRequest:
        """It holds none."""
        return PageRequest(self.page, raw, wanted, frozenset(), alone)

    def either(self, raw: bytes, *, opens: bool) -> PageRequest:
        """It spoils its connection, so that it may be refused for other reasons, too."""
        if not opens:
            return self.shut(raw, self.page.refusals, alone=True)
        return self.opened(raw, _answers(self.page) | self.page.refusals, alone=True)


def page_shot(rng: random.Random, page: FuzzPage, ring: Keyring, now: int) -> PageRequest:
    """The next request to this page."""
    return rng.choices(_KINDS, _WEIGHTS)[0](_PageShooter(rng, page, rng.choice(CREATORS), ring, now))


def keyless_request(page: FuzzPage) -> PageRequest:
    """A request that is right but for its key."""
    raw = request(b"", method=page.method, path=page.of(LAST, LAST.id))
    return PageRequest(page, raw, frozenset({_NO_KEY}), frozenset())


def last_requests(page: FuzzPage, ring: Keyring, now: int) -> Iterator[PageRequest]:
    """Requests about a creator whom no other request names; a page answers at least one of them."""
    of = _PageShooter(random.Random(0), page, LAST, ring, now)  # noqa: S311 - there is nothing to choose
    for query in _QUERIES:
        target = of.target(query=query)
        body = _RIGHT.get(page.path.rpartition("/")[2], b"") if page.method == "POST" else b""
        yield of.opened(of.raw(target, of.right(target), body=body), _answers(page))


def _keyed(of: _PageShooter) -> PageRequest:
    """As it should be."""
    target = of.target()
    return of.opened(of.raw(target, of.right(target)), _answers(of.page))


def _keyless(of: _PageShooter) -> PageRequest:
    """Right but for its key: whatever else it asks for, it is answered 401."""
    target = of.target(query=None if of.rng.random() < 0.5 else of.hostile_query())
    key = of.wrong(target)
    wanted = {_NO_KEY} if page_keys.is_plain(key) else {_NO_KEY, _BAD}
    return of.shut(of.raw(target, key), frozenset(wanted))


def _hostile_query(of: _PageShooter) -> PageRequest:
    """A right key, and words that nobody asks for."""
    target = of.target(query=of.hostile_query())
    return of.opened(of.raw(target, of.right(target)), _answers(of.page))


def _hostile_path(of: _PageShooter) -> PageRequest:
    """Another path, or one that means something else; with a right key or a wrong one."""
    own, other = of.creator.handle, of.other.handle
    places = ("creator", "key", "fan", "draft", "webhook")
    names = {name: hostile_words.creator(of.rng, own, other) for name in places}
    path = of.page.filled(**names if of.rng.random() < 0.7 else {**names, "creator": own})
    target = of.target(path) if of.rng.random() < 0.7 else hostile_words.target(of.rng, of.target())
    opens, key = of.maybe_right(target, chance=0.7)
    raw = of.raw(target, key)
    refusals = of.page.refusals
    return of.opened(raw, refusals | {_OK} | _answers(of.page)) if opens else of.shut(raw, refusals)


def _of_another(of: _PageShooter) -> PageRequest:
    """A right key for another creator's data: a program learns not even that they are here."""
    other = of.other
    name = of.rng.choice((other.id, other.handle, f"@{other.handle}"))
    target = of.target(of.page.of(other if of.rng.random() < 0.5 else of.creator, name))
    everybodys = of.page.operator or of.page.is_for_agents
    wanted = _answers(of.page) if everybodys else frozenset({_BAD, _NONE, 413, _TOO_FAST})
    return of.opened(of.raw(target, of.right(target)), wanted)


def _odd_parts(of: _PageShooter) -> PageRequest:
    """A body where none belongs, headers that nobody needs, two keys; the first is right or wrong."""
    target, rng = of.target(), of.rng
    opens, key = of.maybe_right(target)
    extra = "".join(f"{header}\r\n" for header in rng.sample(hostile_words.HEADERS, rng.randrange(1, 5)))
    twice = f"{extra}Authorization: {of.wrong(target) or 'x'}\r\n"
    body = rng.choice((b"", b"{}", rng.randbytes(rng.randrange(1, 3_000)), b"0" * 300_000))
    return of.either(of.raw(target, key, extra=CLOSE + rng.choice((extra, twice)), body=body), opens=opens)


def _other_method(of: _PageShooter) -> PageRequest:
    """A method that the page has not; where another page of the path has it, that one's door decides."""
    target, method = of.target(), of.rng.choice(hostile_words.METHODS)
    opens, key = of.maybe_right(target, method)
    return of.either(of.raw(target, key, method=method, extra=CLOSE), opens=opens)


def _broken(of: _PageShooter) -> PageRequest:
    """What is hardly HTTP, with a right key or a wrong one."""
    target = of.target()
    opens, key = of.maybe_right(target)
    return of.either(spoilt(of.rng, of.raw(target, key, extra=CLOSE, body=_BODY), _BODY), opens=opens)


def _too_narrow(of: _PageShooter) -> PageRequest:
    """A key that opens lists and figures alone: of fans and drafts it is told nothing."""
    target = of.target()
    header = f"Bearer {key_text(of.creator.narrow)}"
    if of.page.operator:
        return of.shut(of.raw(target, header), frozenset({_NO_KEY}))
    if of.page.opens_chats:
        return of.shut(of.raw(target, header), frozenset({403, _TOO_FAST}))
    return of.opened(of.raw(target, header), _answers(of.page))


def _answers(page: FuzzPage) -> frozenset[int]:
    """What a right key may be answered; only the operator can name what is not there."""
    known = _ANSWERS | {_NONE} if page.operator else _ANSWERS
    if page.is_for_agents:
        return known | _OF_AN_AGENT
    if "webhooks" in page.path:
        return known | _OF_A_WEBHOOK
    return known | _OF_A_FAN if page.opens_chats else known


Kind = Callable[[_PageShooter], PageRequest]
_KINDS: tuple[Kind, ...] = (
    _keyed, _keyless, _hostile_query, _hostile_path, _of_another, _odd_parts, _other_method, _broken,
    _too_narrow,
)  # fmt: skip
_WEIGHTS = (8, 32, 28, 14, 5, 4, 3, 4, 2)
