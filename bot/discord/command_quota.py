"""The quota of commands for one person: a minute's worth, then one by one."""

from collections.abc import Callable

from storage.records import DiscordId

_KEPT = 10_000  # people whose count is kept; whoever is forgotten may give a minute's worth again


class CommandQuota:
    """In memory of one process: a gateway has all commands of its servers."""

    def __init__(self, each_minute: float, monotonic: Callable[[], float]) -> None:
        """`each_minute`: 0 for as many as they like."""
        self._most = each_minute
        self._monotonic = monotonic
        self._full: dict[DiscordId, float] = {}  # from when on somebody may give a minute's worth again

    def spend(self, person: DiscordId) -> int:
        """Count one command; after how many seconds they may give the next one, 0: this one is given."""
        if not self._most:
            return 0
        now, each = self._monotonic(), 60 / self._most
        full = max(self._full.pop(person, now), now) + each
        over = full - now - 60
        self._full[person] = full - each if over > 0 else full
        while len(self._full) > _KEPT:
            del self._full[next(iter(self._full))]
        return max(int(-(-over // 1)), 0)
