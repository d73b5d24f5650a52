"""Until when everything that was typed was surely heard, session by session."""

import re

from bot.model.shards import Own, Shard
from storage.database import Transaction
from storage.engine import instance
from storage.records import Millis

MARK = "typed.heard"
_PART = re.compile(r" (\d+)/(\d+)")


class ListeningMarks:
    """Each session writes its own; one that has none yet takes what holds for all servers."""

    def __init__(self, name: str, shard: Own) -> None:
        """`name`: under which this bot remembers it. `shard`: the one that this process hears of."""
        self._name = name
        self._shard = shard

    async def heard(self, tx: Transaction) -> Millis:
        """Since when something may have been missed on a server of this session's; 0: since ever.

        The servers may have been divided otherwise before: where each shard of that time has a mark, the
        oldest of these holds for every server.
        """
        found = {
            shard: int(await instance.recall(tx, self._of(shard)) or 0) for shard in await self._kept(tx)
        }
        whole = [_oldest(found, count) for count in {shard.count for shard in found}]
        return max([found.get(self._shard(), 0), *whole])

    async def keep(self, tx: Transaction, until: Millis) -> None:
        """All was heard until then on the servers of this session's."""
        await instance.remember(tx, self._of(self._shard()), str(until))

    async def _kept(self, tx: Transaction) -> list[Shard]:
        found = []
        for name in await instance.names(tx, self._name):
            part = _PART.fullmatch(name.removeprefix(self._name))
            if part is not None:
                found.append(Shard(int(part[1]), int(part[2])))
            elif name == self._name:
                found.append(Shard(0, 1))
        return found

    def _of(self, shard: Shard) -> str:
        return self._name if shard.count == 1 else f"{self._name} {shard.number}/{shard.count}"


def _oldest(found: dict[Shard, Millis], count: int) -> Millis:
    """The mark for all servers, by the marks of one way to divide them; 0 where one shard has none."""
    return min(found.get(Shard(number, count), 0) for number in range(count))
