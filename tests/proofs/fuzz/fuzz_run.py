"""Fires the shots at the server, judges every answer and everything that was kept."""

import asyncio
import random
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.progress import Say, silent
from tests.proofs.fuzz import webhook_bodies
from tests.proofs.fuzz.fuzz_connection import FuzzConnection
from tests.proofs.fuzz.fuzz_requests import SECRETS, FuzzRequest, request, shot, signature
from tests.proofs.fuzz.fuzz_score import FuzzScore
from tests.proofs.fuzz.fuzz_server import RING, FuzzServer, kept, serving
from tests.proofs.fuzz.page_requests import FuzzPage, PageRequest, keyless_request, last_requests, page_shot
from tests.proofs.fuzz.sign_in_requests import SignInRequest, right_requests, sign_in_shot
from tests.proofs.fuzz.signature_verifier import any_authentic

_AT_ONCE = 24
_WARM = 0.1  # the share of the requests after which the memory is what it is
_TO_PAGES = 0.2  # the share of the requests that are sent to the pages of features
_TO_SIGN_IN = 0.05  # and to the agents' sign-in


async def fuzz(folder: Path, *, requests: int, seed: int, say: Say = silent) -> FuzzScore:
    """Fire so many requests, the same ones for the same seed; then what is right must still be answered."""
    async with serving(folder) as server:
        battle = _FuzzBattle(server, random.Random(seed))  # noqa: S311 - repeatable on purpose
        warm, score = 0.0, battle.score
        for share in _shares(requests):
            todo = _told(range(share), score, say)
            await asyncio.gather(*(battle.work(todo) for _ in range(_AT_ONCE)))
            warm = warm or server.peak
        score.growth = server.peak - warm
        await battle.afterwards()
    for body in kept(folder):
        if body not in battle.signed:
            score.forgeries += 1
            score.examples.append(f"kept: {body[:80]!r}")
    return score


def _told(todo: Iterable[int], score: FuzzScore, say: Say) -> Iterator[int]:
    for one in todo:
        say(f"{score.requests} requests")
        yield one


def _shares(requests: int) -> Iterator[int]:
    first = max(int(requests * _WARM), 1)
    yield first
    yield requests - first


class _FuzzBattle:
    """All requests to one server, and what came of them."""

    def __init__(self, server: FuzzServer, rng: random.Random) -> None:
        self._server = server
        self._rng = rng
        self.score = FuzzScore()
        self.signed: set[bytes] = set()

    async def work(self, todo: Iterator[int]) -> None:
        """Send one after the other, as long as there is something to do."""
        ports = {self._server.port, *(page.port for page in self._server.pages)}
        lines = {port: FuzzConnection(port) for port in ports}
        for _ in todo:
            self.score.requests += 1
            where = self._rng.random()
            if where >= 1 - _TO_SIGN_IN:
                await self._to_sign_in(lines[self._server.port], sign_in_shot(self._rng, RING))
            elif where < _TO_PAGES:
                page = self._rng.choice(self._server.pages)
                await self._to_page(lines[page.port], page_shot(self._rng, page, RING, _now_ms()))
            else:
                await self._to_webhook(lines[self._server.port], shot(self._rng, int(time.time())))
        for line in lines.values():
            await line.close()

    async def afterwards(self) -> None:
        """A webhook is kept, an agent may ask, and each page refuses without a key and answers with one."""
        now = int(time.time())
        body = webhook_bodies.good(self._rng)
        sealed = signature(body, now)
        line = FuzzConnection(self._server.port)
        await self._to_webhook(line, FuzzRequest(request(body, sealed), body, (sealed,)))
        for one in right_requests(RING):
            await self._to_sign_in(line, one)
        await line.close()
        for page in self._server.pages:
            await self._is_open_to_keys(page)

    async def _is_open_to_keys(self, page: FuzzPage) -> None:
        line = FuzzConnection(page.port)
        await self._to_page(line, keyless_request(page))
        answered = self.score.answered(page)
        for one in last_requests(page, RING, _now_ms()):
            await self._to_page(line, one)
            if self.score.answered(page) > answered:
                break  # the one key has a pace
        if self.score.answered(page) == answered:
            self.score.refused += 1
            self.score.examples.append(f"{page.method} {page.path} answers nobody afterwards")
        await line.close()

    async def _to_webhook(self, line: FuzzConnection, one: FuzzRequest) -> None:
        right = any_authentic(one.signatures, one.body, SECRETS, int(time.time()))
        if right:
            self.signed.add(one.body)
        own = FuzzConnection(self._server.port) if one.alone else line
        # What must be taken is waited for, however busy the machine is.
        answer = await (own.only(one.raw) if one.alone and not right else own.ask(one.raw))
        self.score.of_webhook(one, answer, right=right)

    async def _to_page(self, line: FuzzConnection, one: PageRequest) -> None:
        answer = await (FuzzConnection(one.page.port).only(one.raw) if one.alone else line.ask(one.raw))
        self.score.of_page(one, answer)

    async def _to_sign_in(self, line: FuzzConnection, one: SignInRequest) -> None:
        own = FuzzConnection(self._server.port)
        self.score.of_sign_in(one, await (own.only(one.raw) if one.alone else line.ask(one.raw)))


def _now_ms() -> int:
    return int(time.time() * 1000)
