"""The bridge as several processes on one PostgreSQL database."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path

import psycopg

from bot.sandbox.free_ports import free_port
from bot.sandbox.program import BridgeInstallation, until
from tests.balancer import Balancer
from tests.warm_bridge import WarmProgram

WEB, GATEWAY, ONE, TWO = "web", "gateway", "worker one", "worker two"


class BridgeCluster(BridgeInstallation):
    """Started and stopped as one; each of its `parts` is a process."""

    names: Sequence[str] = (WEB, GATEWAY, ONE, TWO)  # the first word of each is its role
    program: type[BridgeInstallation] = WarmProgram

    def __init__(self, settings: Mapping[str, str], *, admin: str, log: Path) -> None:
        """As of one process: where webhooks come in is the one for the web."""
        super().__init__(settings, admin=admin, log=log)
        self._numbers: dict[int, str] = {}
        self._listens = {name: f"127.0.0.1:{free_port()}" for name in self.names if name.startswith(WEB)}
        self.balancer = Balancer(settings["LISTEN"], list(self._listens.values()))
        self.parts = {
            name: self._part(name, admin if name == WEB else f"127.0.0.1:{free_port()}")
            for name in self.names
        }

    @property
    def database(self) -> str:
        """The URL of what they share."""
        return self._settings["DATABASE_URL"]

    async def start(self) -> None:
        """All at once, as a supervisor does it."""
        await self.balancer.open()
        await asyncio.gather(*(part.start() for part in self.parts.values()))
        for name, part in self.parts.items():
            assert part._process is not None
            self._numbers[part._process.pid] = name

    async def stop(self) -> int | None:
        """The worst exit code of all. Whoever calls from outside finds nobody."""
        await self.balancer.close()
        codes = await asyncio.gather(*(part.stop() for part in self.parts.values()))
        return max((code for code in codes if code is not None), default=None)

    async def kill(self) -> None:
        """Every process, as when the machine loses its power."""
        await self.balancer.close()
        await asyncio.gather(*(part.kill() for part in self.parts.values()))

    def last_words(self) -> str:
        """Of each."""
        return "\n".join(f"{name}: {part.last_words()}" for name, part in self.parts.items())

    async def asked(self, sql: str) -> list[tuple[object, ...]]:
        """Rows of the database, read beside the bridge."""
        return await asyncio.to_thread(_asked, self.database, sql)

    def member(self, part: BridgeInstallation) -> str:
        """What finds the row of a process among those that live."""
        assert part._process is not None
        return f"SELECT 1 FROM bridge_members WHERE name LIKE '{part._process.pid} on %'"  # noqa: S608 - our own

    async def sends(self) -> str:
        """Which worker is sending the one line that is under way."""
        rows = await self.asked(
            """SELECT m.name FROM outbox JOIN bridge_members m ON m.token = holder
               WHERE state = 'sending' AND kind = 'post'"""
        )
        return self._part_of(rows)

    async def holder_of(self, shift: str) -> str:
        """Which worker has taken this."""
        return await self.until_another_than("", shift, 30.0)

    async def until_another_than(self, name: str, shift: str, within: float) -> str:
        """Which worker has taken this, once it is not that one."""

        async def taken() -> str | None:
            rows = await self.asked(
                "SELECT m.name FROM bridge_shifts s JOIN bridge_members m ON m.token = s.holder "  # noqa: S608 - our own
                f"WHERE s.name = '{shift}'"
            )
            found = self._part_of(rows) if rows else None
            return None if found == name else found

        found = await until(taken, within)
        assert found is not None
        return found

    async def speaks(self) -> str:
        """Which gateway holds the session with Discord."""
        return self._part_of(
            await self.asked(
                """SELECT m.name FROM bridge_shards s JOIN bridge_members m ON m.token = s.holder
                   WHERE s.until >= clock_timestamp()"""
            )
        )

    async def unsettled(self, of: str = "") -> list[tuple[object, ...]]:
        """Effects that are begun and not at their end; `of`: only of this fan."""
        return await self.asked(
            "SELECT kind, state FROM outbox WHERE state IN ('sending', 'unknown', 'absent') "  # noqa: S608 - our own
            f"AND strpos(stream, '{of}') > 0"
        )

    async def settled(self, within: float, of: str = "") -> None:
        """Return when nothing is under way or in doubt."""

        async def none() -> bool:
            return not await self.unsettled(of)

        await until(none, within)

    def logged(self, name: str, words: str) -> int:
        """How many lines of a process's log say this."""
        lines = self.parts[name]._log.read_text(errors="replace").splitlines()
        return sum(words in line for line in lines)

    def _part_of(self, rows: list[tuple[object, ...]]) -> str:
        ((said,),) = rows
        return self._numbers[int(str(said).partition(" ")[0])]

    def another(self, role: str, **changed: str) -> BridgeInstallation:
        """One more process, which is not started and not stopped with the others."""
        return self._part(f"{role} more", f"127.0.0.1:{free_port()}", **changed)

    def _part(self, name: str, admin: str, **changed: str) -> BridgeInstallation:
        own = {"ADMIN_LISTEN": admin, "STATE_DIR": str(self._log.parent / name.replace(" ", "-"))}
        if name in self._listens:
            own["LISTEN"] = self._listens[name]
        log = self._log.with_name(f"{name.replace(' ', '-')}.log")
        role = name.partition(" ")[0]
        return self.program(self._settings | own | changed, admin=admin, log=log, options=("--role", role))


def in_files(settings: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Settings that have each of these as a file in a folder, and in the environment nothing of them."""
    folder.mkdir(mode=0o700, exist_ok=True)
    for name, value in settings.items():
        file = folder / name.lower()
        file.touch(mode=0o600)
        file.write_text(f"{value}\n", encoding="utf-8")
    return {"SECRETS_DIR": str(folder)} | dict.fromkeys(settings, "")


def _asked(url: str, sql: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        return list(connection.execute(sql.encode()).fetchall())
