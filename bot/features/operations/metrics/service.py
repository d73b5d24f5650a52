"""Figures that are looked up at each scrape: who waits, how big, how long."""

import asyncio
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from bot.engine.metrics import BridgeMetrics
from bot.features.operations.backup.watch import BackupWatch
from bot.model.ports import Clock
from storage.database import Database, Transaction
from storage.errors import StorageError
from storage.operations import fanvue_drift
from storage.operations.figures import InstallationFigures, figures
from storage.records import Millis

_SECOND = 1000
_PATIENCE = 2.0  # seconds; a scraper waits ten
_UNKNOWN = math.nan  # compared with anything it is false, and no old figure is taken for today's


@dataclass(frozen=True)
class LiveFigures:
    """The counters of this process, with what is looked up for whoever asks."""

    metrics: BridgeMetrics
    database: Database
    clock: Clock
    backups: BackupWatch

    async def text(self, checks: Mapping[str, bool]) -> tuple[bytes, str]:
        """Everything as Prometheus reads it, and its content type. `checks`: as /readyz has them now."""
        self.metrics.checks(checks)
        if checks.get("database"):
            self._forget()  # it would only wait for what has just been asked in vain
        else:
            await self._look_up()
        return self.backups.counted(self.metrics).text(), self.metrics.content_type

    async def _look_up(self) -> None:
        now = self.clock.now()
        try:
            async with asyncio.timeout(_PATIENCE):
                found, drift = await self.database.read(partial(_all, now=now))
        except (StorageError, TimeoutError):
            self._forget()
            return
        self.metrics.drift(drift)
        oldest = now if found.oldest_waiting is None else found.oldest_waiting
        self.metrics.installation(
            oldest=max(0, now - oldest) / _SECOND,
            size=found.bytes,
            token_end=(found.token_end or 0) / _SECOND,
            sign_ins=found.sign_ins_ended,
        )

    def _forget(self) -> None:
        self.metrics.installation(oldest=_UNKNOWN, size=_UNKNOWN, token_end=_UNKNOWN, sign_ins=_UNKNOWN)


async def _all(tx: Transaction, now: Millis) -> tuple[InstallationFigures, Mapping[tuple[str, str], int]]:
    return await figures(tx, now=now), await fanvue_drift.totals(tx)
