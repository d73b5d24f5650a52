"""Is the process alive, is it ready, and what are its figures."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence

from aiohttp import web

Probe = Callable[[], Awaitable[str | None]]  # None when all is well, else a sentence
Checks = Mapping[str, bool]  # whether each check of /readyz found something
Figures = Callable[[Checks], Awaitable[tuple[bytes, str]]]  # the text and its content type

_PROBE_SECONDS = 2.0
_OK = "ok"
_NO_STORE = {"Cache-Control": "no-store"}


class HealthPages:
    """Answers `/healthz`, `/readyz` and `/metrics`, to be served on a private address only."""

    def __init__(
        self,
        *,
        alive: Mapping[str, Probe],
        ready: Mapping[str, Probe],
        degraded: Mapping[str, Probe] | None = None,
        figures: Figures | None = None,
        roles: Sequence[str] = (),
        probe_seconds: float = _PROBE_SECONDS,
    ) -> None:
        """A probe that does not answer within `probe_seconds` counts as failing.

        `/readyz` tells the findings of `degraded` and stays 200: the bridge works, but less well.
        It tells `roles`, too: the tasks of this process, if they are not all there is.
        """
        self._roles = {"roles": list(roles)} if roles else {}
        self._degraded = degraded or {}
        self._alive = alive
        self._ready = ready
        self._figures = figures
        self._probe_seconds = probe_seconds

    async def findings(self) -> tuple[Mapping[str, str | None], Mapping[str, str | None]]:
        """What `/readyz` would say: of what must work, and of what may work less well; None where all is."""
        return await self._asked(self._ready), await self._asked(self._degraded)

    def add_to(self, app: web.Application) -> None:
        app.router.add_get("/healthz", self._healthz)
        app.router.add_get("/readyz", self._readyz)
        app.router.add_get("/metrics", self._metrics)

    async def _healthz(self, _request: web.Request) -> web.Response:
        return await self._report(self._alive)

    async def _readyz(self, _request: web.Request) -> web.Response:
        return await self._report(self._ready, self._degraded, self._roles)

    async def _metrics(self, _request: web.Request) -> web.Response:
        if self._figures is None:
            raise web.HTTPNotFound
        failing, weak = await self.findings()
        checks = {name: said is not None for name, said in {**failing, **weak}.items()}
        text, content_type = await self._figures(checks)
        return web.Response(body=text, headers={**_NO_STORE, "Content-Type": content_type})

    async def _report(
        self,
        probes: Mapping[str, Probe],
        degraded: Mapping[str, Probe] | None = None,
        more: Mapping[str, Sequence[str]] | None = None,
    ) -> web.Response:
        checks = await self._asked(probes)
        weak = await self._asked(degraded or {})
        failing, weakened = any(checks.values()), any(weak.values())
        status = "failing" if failing else "degraded" if weakened else "ok"
        said = {name: sentence or _OK for name, sentence in {**checks, **weak}.items()}
        body = {"status": status, "checks": said, **(more or {})}
        return web.json_response(body, status=503 if failing else 200, headers=_NO_STORE)

    async def _asked(self, probes: Mapping[str, Probe]) -> dict[str, str | None]:
        said = await asyncio.gather(*(self._ask(probe) for probe in probes.values()))
        return dict(zip(probes, said, strict=True))

    async def _ask(self, probe: Probe) -> str | None:
        try:
            async with asyncio.timeout(self._probe_seconds):
                return await probe()
        except TimeoutError:
            return "did not answer in time"
