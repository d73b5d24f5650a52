"""The switchboard of faults: their kind, place and number."""

import re
from dataclasses import dataclass
from typing import Any

from bot.sandbox.discord.gateway import StandInGateway
from bot.sandbox.request_hold import RequestHold

KINDS = ("delay", "lose_answer", "late", "rate_limit", "fail", "refuse", "hold")


@dataclass(slots=True)
class DiscordFault:
    """One thing that goes wrong for the next `times` requests whose method and path match."""

    kind: str
    method: str
    path: re.Pattern[str]
    times: int = 1
    seconds: float = 0.0
    status: int = 503
    before: bool = True
    via: bool = True
    everywhere: bool = False
    code: int = 50013
    hold: RequestHold | None = None

    def matches(self, method: str, path: str) -> bool:
        """Whether this fault waits for such a request."""
        return self.times > 0 and self.method in {method, "*"} and self.path.search(path) is not None


class DiscordFaults:
    """Faults in the order in which they were set; each request meets the first that matches."""

    def __init__(self, gateway: StandInGateway) -> None:
        """The gateway is dropped from here too."""
        self._gateway = gateway
        self._faults: list[DiscordFault] = []

    def take(self, method: str, path: str) -> DiscordFault | None:
        """The fault that this request meets; it is used up by one."""
        for fault in self._faults:
            if fault.matches(method, path):
                fault.times -= 1
                return fault
        return None

    def waiting(self, kind: str) -> int:
        """The number of requests yet to meet a fault of this kind."""
        return sum(fault.times for fault in self._faults if fault.kind == kind)

    def _add(self, kind: str, method: str, path: str, **how: Any) -> DiscordFault:
        fault = DiscordFault(kind, method, re.compile(path), **how)
        self._faults.append(fault)
        return fault

    def clear(self) -> None:
        """Nothing goes wrong any more; requests that are held go on."""
        for fault in self._faults:
            if fault.hold is not None:
                fault.hold.release()
        self._faults.clear()

    def delay(self, method: str, path: str, seconds: float, times: int = 1) -> DiscordFault:
        return self._add("delay", method, path, seconds=seconds, times=times)

    def lose_answer(self, method: str, path: str, times: int = 1) -> DiscordFault:
        """Execute, then cut the connection instead of answering."""
        return self._add("lose_answer", method, path, times=times)

    def late(self, method: str, path: str, seconds: float, times: int = 1) -> DiscordFault:
        """Cut the connection now, execute after some seconds."""
        return self._add("late", method, path, seconds=seconds, times=times)

    def late_until(self, method: str, path: str) -> RequestHold:
        """Cut the connection now, execute when the hold is released."""
        return self._held("late", method, path, 1)

    def rate_limit(
        self,
        method: str,
        path: str,
        retry_after: float,
        times: int = 1,
        *,
        everywhere: bool = False,
        via: bool = True,
    ) -> DiscordFault:
        """Answer 429 without executing; without `via` as a proxy in front of Discord does."""
        how = {"seconds": retry_after, "times": times, "everywhere": everywhere, "via": via}
        return self._add("rate_limit", method, path, **how)

    def fail(
        self, method: str, path: str, status: int = 503, times: int = 1, *, before: bool = True
    ) -> DiscordFault:
        """Answer 5xx, before or after executing."""
        return self._add("fail", method, path, status=status, times=times, before=before)

    def refuse(self, method: str, path: str, code: int, times: int = 1) -> DiscordFault:
        """Answer with one of Discord's own error codes, without executing."""
        return self._add("refuse", method, path, code=code, times=times)

    def hold(self, method: str, path: str, times: int = 1) -> RequestHold:
        """Keep the request waiting, not yet executed, until the hold is released."""
        return self._held("hold", method, path, times)

    def _held(self, kind: str, method: str, path: str, times: int) -> RequestHold:
        hold = RequestHold()
        self._add(kind, method, path, times=times, hold=hold)
        return hold

    def drop_gateway(self, code: int | None = None) -> int:
        """Cut every gateway connection, silently or with a close code; says how many."""
        return self._gateway.drop(code)

    def reconnect_gateway(self) -> None:
        """Ask every client to reconnect (op 7)."""
        self._gateway.reconnect()

    def invalidate_gateway(self, *, resumable: bool = False) -> None:
        """Invalidate every session (op 9)."""
        self._gateway.invalidate(resumable=resumable)

    def forget_sessions(self) -> None:
        """Make every later RESUME fail, as after a long outage."""
        self._gateway.forget_sessions()

    def refuse_gateway(self, times: int = 1) -> None:
        """Refuse the next connections to the gateway with 503."""
        self._gateway.refuse_next = times

    def from_json(self, body: dict[str, Any]) -> None:
        """Set a fault from the control page: {"kind": …, "method": …, "path": …, and what the kind needs}."""
        kind = body.get("kind")
        if kind == "drop_gateway":
            self.drop_gateway(body.get("code"))
        elif kind == "clear":
            self.clear()
        elif kind in KINDS and kind != "hold":
            how = {
                k: v
                for k, v in body.items()
                if k in {"times", "seconds", "status", "before", "via", "everywhere", "code"}
            }
            self._add(kind, str(body.get("method", "*")), str(body.get("path", "")), **how)
        else:
            raise ValueError(f"unknown fault: {kind}")
