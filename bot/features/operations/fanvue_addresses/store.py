"""Writes down which addresses of Fanvue answer, with the dates."""

import json
import logging
from dataclasses import asdict, dataclass, field
from pathlib import Path

from bot.fanvue.addresses import NAME, FanvueAddresses, KeptAddresses, read_addresses
from bot.model.ports import Clock
from bot.settings.private_file import write_privately
from storage.records import Millis

log = logging.getLogger(__name__)


@dataclass
class AddressStore:
    """One process's view. News are rare: each is written at once, in the loop."""

    folder: Path
    addresses: FanvueAddresses
    clock: Clock
    _seen: dict[str, tuple[bool, Millis]] = field(default_factory=dict)

    def begin(self) -> None:
        """Take up what was found out before. What has changed since shows at the next 404."""
        kept = read_addresses(self.folder)
        if kept is not None:
            self.addresses.older = kept.older
            self.addresses.guessed.update({name: there for name, (there, _at) in kept.guessed.items()})
            self._seen.update(kept.guessed)
        self.addresses.changed = self._changed

    def _changed(self) -> None:
        now, known = self.clock.now(), self.addresses
        for name, there in known.guessed.items():
            if name not in self._seen or self._seen[name][0] is not there:
                self._seen[name] = there, now
        kept = KeptAddresses(now, known.older, dict(self._seen))
        try:
            write_privately(self.folder / NAME, json.dumps(asdict(kept)).encode("ascii"))
        except OSError as error:
            log.warning(
                "which of Fanvue's addresses answer could not be kept; it is found out again",
                extra={"error": type(error).__name__},
            )
