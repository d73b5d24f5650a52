"""Says that an address takes nothing: at once, and then once an hour."""

import logging
from dataclasses import dataclass, field
from typing import Final

from bot.model.ports import Clock
from storage.records import Millis

log = logging.getLogger(__name__)

_AGAIN: Final[Millis] = 3_600_000


@dataclass(frozen=True)
class RefusalLog:
    """Told of each try; one that arrives ends what was said, so that the next refusal is said at once."""

    clock: Clock
    _said: dict[str, Millis] = field(default_factory=dict)  # when, by the kind of the address

    def tried(self, kind: str, why_not: str) -> bool:
        """Whether it arrived. `why_not`: in a few words that do not have the address; '': it did."""
        if not why_not:
            self._said.pop(kind, None)
            return True
        now, last = self.clock.now(), self._said.get(kind)
        # A clock that was set back must not keep it quiet for longer.
        if last is None or not last <= now < last + _AGAIN:
            self._said[kind] = now
            log.warning("the operator cannot be told: %s", why_not, extra={"kind": kind})
        return False
