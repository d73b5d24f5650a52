"""A disk that loses its power: what it may have kept of what it was told (pure).

What was synced is kept. Of the rest, any part may be there, in any order: a write whole, torn or not at
all; a file's new length without its bytes (zeros); a name without its file's content, or the other way
round. Bytes that nobody wrote to are never harmed (SQLite calls that powersafe overwrite).
"""

import random
from dataclasses import dataclass, field

from tests.proofs.powercut.disk_recording import DiskOperation

_SECTOR = 512
_TEAR_AMONG_OTHERS = 0.1


@dataclass
class _DiskFile:
    synced: bytearray = field(default_factory=bytearray)
    waiting: list[DiskOperation] = field(default_factory=list)


class DiskModel:
    """The files of one folder; `apply` what was done, then ask what `survives` a cut right now."""

    def __init__(self) -> None:
        self._files: dict[int, _DiskFile] = {}
        self._names: dict[str, int] = {}
        self._waiting: list[DiskOperation] = []  # changes of names since the folder was synced

    def apply(self, op: DiskOperation) -> None:
        """One more thing was done."""
        match op.kind:
            case "C":
                self._files[op.file] = _DiskFile()
                self._waiting.append(op)
            case "U" | "R":
                self._waiting.append(op)
            case "W" | "T":
                self._files[op.file].waiting.append(op)
            case "S":
                file = self._files[op.file]
                for waiting in file.waiting:
                    _carry_out(waiting, file.synced)
                file.waiting.clear()
            case "D":
                for waiting in self._waiting:
                    _rename(waiting, self._names)
                self._waiting.clear()

    def everything(self) -> dict[str, bytes]:
        """The files as the running program sees them."""
        names = dict(self._names)
        for op in self._waiting:
            _rename(op, names)
        return {name: _whole(self._files[file]) for name, file in names.items()}

    def survives(self, rng: random.Random) -> dict[str, bytes]:
        """One way in which the files may look after a cut at this point."""
        names = dict(self._names)
        for op in _some_names(self._waiting, rng):
            _rename(op, names)
        chance = rng.choice((0.0, 0.1, 0.5, 0.9, 1.0))
        return {name: _cut(self._files[file], chance, rng) for name, file in names.items()}


def _whole(file: _DiskFile) -> bytes:
    content = bytearray(file.synced)
    for op in file.waiting:
        _carry_out(op, content)
    return bytes(content)


def _cut(file: _DiskFile, chance: float, rng: random.Random) -> bytes:
    content = bytearray(file.synced)
    for number, op in enumerate(file.waiting, start=1):
        torn = number == len(file.waiting) or rng.random() < _TEAR_AMONG_OTHERS
        if op.kind == "W" and torn:
            _tear(op, content, rng)
        elif rng.random() < chance:
            _carry_out(op, content)
        elif op.kind == "W" and rng.random() < chance:
            _lengthen(content, op.offset + len(op.data))
    return bytes(content)


def _some_names(waiting: list[DiskOperation], rng: random.Random) -> list[DiskOperation]:
    if rng.random() < 0.5:
        return waiting[: rng.randrange(len(waiting) + 1)]  # a journaling file system keeps their order
    return [op for op in waiting if rng.random() < 0.5]


def _rename(op: DiskOperation, names: dict[str, int]) -> None:
    name = op.data.decode()
    if op.kind == "C":
        names[name] = op.file
    elif op.kind == "U":
        names.pop(name, None)
    else:
        old, _, new = name.partition("/")
        names.pop(old, None)
        names[new] = op.file


def _carry_out(op: DiskOperation, content: bytearray) -> None:
    if op.kind == "T":
        del content[op.offset :]
        _lengthen(content, op.offset)
    else:
        _lengthen(content, op.offset)
        content[op.offset : op.offset + len(op.data)] = op.data


def _lengthen(content: bytearray, size: int) -> None:
    content.extend(bytes(max(size - len(content), 0)))


def _tear(op: DiskOperation, content: bytearray, rng: random.Random) -> None:
    """Keep the beginning, a few sectors of it, or the beginning with rubbish in the sector after it."""
    how, size = rng.randrange(3), len(op.data)
    if how == 0:
        _put(content, op.offset, op.data[: rng.randrange(size + 1)])
    elif how == 1:
        for start in range(0, size, _SECTOR):
            if rng.random() < 0.5:
                _put(content, op.offset + start, op.data[start : start + _SECTOR])
    else:
        kept = rng.randrange(size + 1)
        rubbish = rng.randbytes(min(_SECTOR, size - kept))
        _put(content, op.offset, op.data[:kept] + rubbish)


def _put(content: bytearray, at: int, data: bytes) -> None:
    if data:
        _lengthen(content, at)
        content[at : at + len(data)] = data
