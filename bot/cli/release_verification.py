"""Whether files, or the installed program, are those of a release."""

import sys
import zipfile
from importlib import metadata
from pathlib import Path
from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm

from bot.cli.checksums import (
    SIGNATURE,
    SUMS,
    FileComparison,
    compare,
    in_wheel,
    is_signed,
    read_sums,
    recorded,
    sha256,
)
from bot.model.version import PROJECT

DIFFERS: Final = 1
NOTHING_TO_COMPARE: Final = 69  # sysexits.h: something that is needed is not there
_SHOWN: Final = 20
_CHECKOUT: Final = "This is a checkout, not an installed release. What was changed in it: git status"


def check_files(files: list[Path], key: Path | None) -> int:
    """Each against the sums in its folder, and these against their signature; the exit code."""
    worst = 0
    for folder in dict.fromkeys(file.parent for file in files):
        worst = max(worst, _folder(folder, [file for file in files if file.parent == folder], key))
    return worst


def _folder(folder: Path, files: list[Path], key: Path | None) -> int:
    try:
        said = (folder / SUMS).read_bytes()
        sums = read_sums(said.decode())
    except (OSError, ValueError) as error:
        print(f"{folder / SUMS} cannot be read: {_reason(error)}", file=sys.stderr)
        return NOTHING_TO_COMPARE
    code = _signature(folder, said, key)
    for file in files:
        wanted = sums.get(file.name)
        if not file.is_file():
            print(f"{file}: is not there")
        elif wanted is None:
            print(f"{file}: {SUMS} does not name it")
        elif sha256(file) != wanted:
            print(f"{file}: CHANGED, its SHA-256 is not the one in {SUMS}")
        else:
            print(f"{file}: as {SUMS} says")
            continue
        code = max(code, DIFFERS)
    return code


def _signature(folder: Path, said: bytes, key: Path | None) -> int:
    there = (folder / SIGNATURE).is_file()
    if key is None:
        print(
            f"{SIGNATURE} is there and was not checked: say --key KEY, with the key from the project."
            if there
            else f"Nothing is signed: anyone who can change a file here can change {SUMS} too."
        )
        return 0
    if not there:
        print(f"{folder / SIGNATURE}: is not there, so nobody vouches for {SUMS}")
        return DIFFERS
    try:
        signed = is_signed(said, (folder / SIGNATURE).read_bytes(), key.read_bytes())
    except (OSError, ValueError, UnsupportedAlgorithm) as error:
        print(f"{key} is no key to check with: {_reason(error)}", file=sys.stderr)
        return NOTHING_TO_COMPARE
    print(f"{SUMS}: signed with the key in {key}" if signed else f"{SUMS}: NOT signed with the key in {key}")
    return 0 if signed else DIFFERS


def check_installed(wheel: Path | None) -> int:
    """The running program against what its installer noted, or against a wheel; the exit code."""
    try:
        distribution = metadata.distribution(PROJECT)
    except metadata.PackageNotFoundError:
        print(_CHECKOUT, file=sys.stderr)
        return NOTHING_TO_COMPARE
    top = Path(str(distribution.locate_file("")))
    if not Path(__file__).resolve().is_relative_to(top.resolve()):
        print(_CHECKOUT, file=sys.stderr)
        return NOTHING_TO_COMPARE
    try:
        wanted = recorded(distribution) if wheel is None else in_wheel(wheel)
    except (OSError, zipfile.BadZipFile) as error:
        print(f"{wheel} cannot be read: {_reason(error)}", file=sys.stderr)
        return NOTHING_TO_COMPARE
    found = compare(wanted, top)
    _say(found, f"{PROJECT} {distribution.version} in {top}", wheel)
    return 0 if found.whole else DIFFERS


def _say(found: FileComparison, what: str, wheel: Path | None) -> None:
    for word, names in (("changed", found.changed), ("missing", found.missing), ("not ours", found.extra)):
        for name in names[:_SHOWN]:
            print(f"{word}: {name}")
        if len(names) > _SHOWN:
            print(f"{word}: {len(names) - _SHOWN} more")
    if not found.whole:
        print(f"Not whole: {what}. Install it again before you trust it.")
    elif wheel is None:
        print(f"Whole: {found.same} files of {what} are as they were installed.")
        print("This shows damage and edits, not who made the release: compare with its wheel (--wheel FILE).")
    else:
        print(f"Whole: {found.same} files of {what} are those in {wheel.name}.")
    print("Not looked at: other packages, and what Python compiled (__pycache__).")


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
