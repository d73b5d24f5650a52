"""The command line's part about releases: is it, or are these files, as released."""

import argparse
import sys
from pathlib import Path
from typing import TypeVar

P = TypeVar("P", bound=argparse.ArgumentParser)
_WRONG_USE = 2


def add_verify(commands: "argparse._SubParsersAction[P]") -> None:
    """Add the command; what it does is in bot.cli.release_verification."""
    verify = commands.add_parser("verify", help="are the program, or these files, as they were released?")
    verify.add_argument("file", nargs="*", type=Path, help="files of a release, with its SHA256SUMS beside")
    verify.add_argument("--key", type=Path, help="public key (Ed25519, PEM) that SHA256SUMS is signed with")
    verify.add_argument("--wheel", type=Path, help="compare the installed program with this wheel")
    verify.set_defaults(command=_verify)


def _verify(options: argparse.Namespace) -> int:
    from bot.cli import release_verification

    if options.file and options.wheel is None:
        return release_verification.check_files(options.file, options.key)
    if options.file or options.key is not None:
        print("fanvue-bridge verify: --key goes with files, and --wheel with neither", file=sys.stderr)
        return _WRONG_USE
    return release_verification.check_installed(options.wheel)
