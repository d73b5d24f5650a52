"""Imports every module of a folder and prints what that import did to the outside."""

import importlib
import os
import sys
import sysconfig
from collections.abc import Iterator, MutableMapping
from pathlib import Path
from types import FrameType

_STDLIB = sysconfig.get_path("stdlib")
_WATCHED = (
    "open",
    "socket.",
    "subprocess.",
    "sqlite3.",
    "os.mkdir",
    "os.remove",
    "os.listdir",
    "os.scandir",
    "os.system",
)


class ImportProbe:
    """Notes events whose nearest cause, leaving out the standard library, is one of our modules."""

    def __init__(self, top: Path) -> None:
        self._top = str(top)
        self.found: list[str] = []

    def hook(self, event: str, arguments: tuple[object, ...]) -> None:
        """An audit hook: it cannot be removed again, so this runs in a process of its own."""
        if event.startswith(_WATCHED):
            self.note(f"{event} {arguments[:1]}")

    def note(self, deed: str) -> None:
        """Keep the deed if one of our modules did it."""
        if cause := self._cause(sys._getframe(1)):
            self.found.append(f"{cause}: {deed}")

    def _cause(self, frame: FrameType | None) -> str | None:
        while frame is not None:
            name = frame.f_code.co_filename
            if name.startswith("<frozen importlib"):
                return None  # Python reads the module itself
            if name != __file__ and not (name.startswith(("<", _STDLIB)) and "site-packages" not in name):
                return (
                    f"{name}:{frame.f_lineno}" if name.startswith(self._top) and ".venv" not in name else None
                )
            frame = frame.f_back
        return None


class WatchedEnvironment(MutableMapping[str, str]):
    """The environment, and a note of every look into it."""

    def __init__(self, real: MutableMapping[str, str], probe: ImportProbe) -> None:
        self._real = real
        self._probe = probe

    def __getitem__(self, name: str) -> str:
        self._probe.note(f"environment {name}")
        return self._real[name]

    def __setitem__(self, name: str, value: str) -> None:
        self._probe.note(f"environment {name}=")
        self._real[name] = value

    def __delitem__(self, name: str) -> None:
        self._probe.note(f"environment -{name}")
        del self._real[name]

    def __iter__(self) -> Iterator[str]:
        self._probe.note("environment *")
        return iter(self._real)

    def __len__(self) -> int:
        return len(self._real)

    def copy(self) -> dict[str, str]:
        """As os.environ has it."""
        return dict(self._real)


def main(top: Path, names: list[str]) -> int:
    """Import each name; print every deed; the answer is how many there were."""
    probe = ImportProbe(top)
    sys.addaudithook(probe.hook)
    os.environ = WatchedEnvironment(os.environ, probe)  # type: ignore[assignment]  # noqa: B003 - watched, on purpose
    for name in names:
        importlib.import_module(name)
    print(f"imported {len(names)}")
    for deed in probe.found:
        print(deed)
    return len(probe.found)


if __name__ == "__main__":
    sys.exit(min(main(Path(sys.argv[1]), sys.argv[2:]), 1))
