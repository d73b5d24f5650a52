"""Compares files with what a release says of them: SHA-256 and a signature."""

import base64
import csv
import hashlib
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

SUMS: Final = "SHA256SUMS"
SIGNATURE: Final = "SHA256SUMS.sig"
STAND_INS: Final = "bot/sandbox/"  # a container's image is built without them
_LINE: Final = re.compile(r"([0-9a-f]{64}) [ *](\S+)")
_COMPILED: Final = "__pycache__"


@dataclass(frozen=True)
class FileComparison:
    """What was found: how many are as they should be, and which are not."""

    same: int
    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()  # modules that nobody delivered

    @property
    def whole(self) -> bool:
        """Whether nothing differs."""
        return not (self.changed or self.missing or self.extra)


def sha256(file: Path) -> str:
    """In hexadecimal digits."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def read_sums(text: str) -> dict[str, str]:
    """The lines of a SHA256SUMS, by name. Raises ValueError for anything else."""
    found = {}
    for line in text.splitlines():
        if (match := _LINE.fullmatch(line)) is None:
            raise ValueError(f"{SUMS} has a line that is none: {line[:40]}")
        found[match[2]] = match[1]
    return found


def is_signed(signed: bytes, signature: bytes, key: bytes) -> bool:
    """Whether the holder of this key (Ed25519, PEM) signed this. Raises ValueError for no key."""
    public = load_pem_public_key(key)
    if not isinstance(public, Ed25519PublicKey):
        raise UnsupportedAlgorithm("it is of another kind than Ed25519")
    try:
        public.verify(signature, signed)
    except InvalidSignature:
        return False
    return True


def recorded(distribution: metadata.Distribution) -> dict[str, str]:
    """What the installer noted of each file of the program: its SHA-256. Without what it made itself."""
    # `distribution.files` leaves out a file that is missing, from Python 3.12 on.
    lines = csv.reader((distribution.read_text("RECORD") or "").splitlines())
    return {
        name: base64.urlsafe_b64decode(f"{digest.removeprefix('sha256=')}==").hex()
        for name, digest, _ in lines
        if digest.startswith("sha256=") and not _made_here(name)
    }


def in_wheel(wheel: Path) -> dict[str, str]:
    """The SHA-256 of each file of the program that a wheel brings. Raises OSError or BadZipFile."""
    with zipfile.ZipFile(wheel) as archive:
        names = [one for one in archive.namelist() if not one.endswith("/") and ".dist-info/" not in one]
        return {name: hashlib.sha256(archive.read(name)).hexdigest() for name in names}


def compare(wanted: Mapping[str, str], top: Path) -> FileComparison:
    """Files below `top` with their sums; a folder that one of them lies in has no others."""
    same, changed, missing = 0, [], []
    for name, digest in sorted(wanted.items()):
        file = top / name
        if not file.is_file():
            missing.append(name)
        elif sha256(file) == digest:
            same += 1
        else:
            changed.append(name)
    if missing and set(missing) == {name for name in wanted if name.startswith(STAND_INS)}:
        missing = []
    packages = {name.partition("/")[0] for name in wanted if ".dist-info/" not in name and "/" in name}
    extra = sorted(name for name in _found(top, packages) if name not in wanted)
    return FileComparison(same, tuple(changed), tuple(missing), tuple(extra))


def _found(top: Path, packages: Iterable[str]) -> Iterable[str]:
    for package in packages:
        for file in (top / package).rglob("*"):
            if file.is_file() and _COMPILED not in file.parts:
                yield file.relative_to(top).as_posix()


def _made_here(name: str) -> bool:
    """Start scripts lie outside of the packages, and name the Python of this machine."""
    return name.startswith("..") or _COMPILED in name
