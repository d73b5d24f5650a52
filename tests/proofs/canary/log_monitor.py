"""While a test runs, listens to all loggers; then searches what it has written."""

import io
import json
import logging
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app.logs import PINNED, JsonLineFormatter, LogRedactionFilter
from bot.sandbox import witness
from bot.sandbox.discord.standalone import SECRET as DISCORD_SECRET
from bot.sandbox.discord.standalone import TOKEN
from bot.sandbox.fanvue.default_world import CLIENT_SECRET, WEBHOOK_SECRET
from tests.proofs.canary.output_listeners import SEARCHED, listening
from tests.proofs.canary.secret_forms import SecretForms, SoughtSecret, read

_CONSTANT = frozenset(
    SoughtSecret("token", value) for value in (TOKEN, DISCORD_SECRET, CLIENT_SECRET, WEBHOOK_SECRET)
)
_AT = re.compile(r'"at": "[^"]*", ')
_ALL: frozenset[witness.Kind] = frozenset({"token", "text", "name"})
_EXPORT = b'{\n "readme"'


class _Distinct(io.TextIOBase):
    """Keeps each line once, whenever it was written."""

    def __init__(self) -> None:
        self.lines: dict[str, None] = {}

    def write(self, text: str) -> int:
        """One line, as a handler writes it."""
        self.lines[_AT.sub("", text, count=1)] = None
        return len(text)


class LogMonitor:
    """One process of a test run."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="canary-")
        self._secrets = Path(self._folder.name) / "secrets"
        self._heard = Path(self._folder.name) / "heard"
        self._secrets.touch()
        self._offset = 0
        self._written = _Distinct()
        self._handler = logging.StreamHandler(self._written)
        self._handler.addFilter(LogRedactionFilter())
        self._handler.setFormatter(JsonLineFormatter(b"canary"))
        self._module = ""
        self._needles = SecretForms(_CONSTANT)
        self._searched: dict[Path, int] = {}  # how much of each log, in bytes
        self._before = {name: os.environ.get(name) for name in (witness.VARIABLE, witness.HEARD)}
        os.environ[witness.VARIABLE] = str(self._secrets)
        os.environ[witness.HEARD] = str(self._heard)
        self._levels = [
            (logging.getLogger(), logging.DEBUG),
            *((logging.getLogger(name), floor) for name, floor in PINNED.items()),
        ]
        self._ears = listening()

    def close(self) -> None:
        """As if it had never been there."""
        self._ears.close()
        logging.getLogger().removeHandler(self._handler)
        for name, value in self._before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        self._folder.cleanup()

    def begin(self, module: str) -> None:
        """A test begins. What lives longer than a test lives as long as its module at most."""
        if module != self._module:
            self._needles, self._module = SecretForms(_CONSTANT), module
            self._searched.clear()
        self._let_go()
        root = logging.getLogger()
        if self._handler not in root.handlers:  # whoever configures the logs takes it away
            root.addHandler(self._handler)
        for logger, level in self._levels:
            if logger.level != level:  # to set one makes every logger forget what it is enabled for
                logger.setLevel(level)

    def leaks(self, item: pytest.Item) -> Iterator[str]:
        """Where something was found, and of which kind; never the secret itself."""
        self._learn()
        for place, text, searched in self._said(item):
            for kind in sorted(self._needles.kinds_in(text) & searched):
                yield f"a {kind} in {place}"
        self._let_go()

    def _let_go(self) -> None:
        self._written.lines.clear()
        self._heard.write_bytes(b"")  # whoever writes there appends

    def _learn(self) -> None:
        with self._secrets.open(encoding="utf-8") as noted:
            noted.seek(self._offset)
            self._needles.add(read(noted))
            self._offset = noted.tell()

    def _said(self, item: pytest.Item) -> Iterator[tuple[str, str, frozenset[witness.Kind]]]:
        yield "the log", "".join(self._written.lines), _ALL
        for when, what, text in item._report_sections:
            if what in ("stdout", "stderr"):
                yield f"{what} ({when})", text, _ALL
        for place, said in self._told().items():
            yield place, "\n".join(said), SEARCHED[place]
        for folder in self._folders(item):
            yield from self._files(folder)

    def _folders(self, item: pytest.Item) -> Iterator[Path]:
        """The test's own, and those that live as long as its module."""
        own = getattr(item, "funcargs", {}).get("tmp_path")
        if isinstance(own, Path) and own.is_dir():
            yield own
        top = item.config._tmp_path_factory._basetemp  # type: ignore[attr-defined] # None until somebody asks
        if top is None:
            return
        # By name first: each test of the run has left its folder there, and this is done after every one.
        with os.scandir(top) as there:
            names = sorted(entry.name for entry in there if not entry.name.startswith("test_"))
        for folder in map(top.joinpath, names):
            if folder.is_dir() and not folder.is_symlink():
                yield folder

    def _told(self) -> dict[str, dict[str, None]]:
        """What was said where no log is, by the place; each thing once."""
        found: dict[str, dict[str, None]] = {}
        with self._heard.open(encoding="utf-8") as lines:
            for place, said in map(json.loads, lines):
                found.setdefault(place, {})[said] = None
        return found

    def _files(self, folder: Path) -> Iterator[tuple[str, str, frozenset[witness.Kind]]]:
        """What is new in the logs of bridges that ran in a folder, and in the exports that they wrote."""
        for path in sorted(folder.rglob("*.log")):
            unique = dict.fromkeys(_AT.sub("", self._new(path)).splitlines())
            yield path.name, "\n".join(unique), _ALL
        for path in sorted(folder.rglob("*.json")):
            if path.is_file() and path.read_bytes().startswith(_EXPORT):
                yield path.name, path.read_text(errors="replace"), SEARCHED["an export"]

    def _new(self, path: Path) -> str:
        with path.open("rb") as log:
            log.seek(self._searched.get(path, 0))
            text = log.read()
            self._searched[path] = log.tell()
        return text.decode(errors="replace")
