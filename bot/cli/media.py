"""The command line's part about media: files into a creator's vault."""

import argparse
import sys
from pathlib import Path
from typing import TypeVar

from bot.cli.data import WRONG_SETTINGS, settings_of

P = TypeVar("P", bound=argparse.ArgumentParser)
FOLDER_LONGEST = 255  # characters, as in Discord's option of the same name


def add_media(commands: "argparse._SubParsersAction[P]", settings: P) -> None:
    """Add vault commands; the actions are in bot.cli.media_upload."""
    media = commands.add_parser("media", help="files for a creator's vault").add_subparsers(
        metavar="COMMAND", required=True
    )
    upload = media.add_parser(
        "upload",
        parents=[settings],
        help="have the running bridge upload files, and wait; after a stop the same command continues",
    )
    cancel = media.add_parser("cancel", parents=[settings], help="stop the upload of these files")
    for one, deed in ((upload, "upload"), (cancel, "cancel")):
        one.add_argument("files", nargs="+", type=Path, metavar="FILE")
        one.add_argument("--creator", required=True, help="a handle, or Fanvue's id")
        one.set_defaults(command=_media, deed=deed)
    upload.add_argument("--folder", type=_folder, help="a folder of the vault; make it on Fanvue first")


def _folder(typed: str) -> str:
    name = typed.strip()
    if not 0 < len(name) <= FOLDER_LONGEST:
        raise argparse.ArgumentTypeError(f"A folder's name has 1 to {FOLDER_LONGEST} characters.")
    return name


def _media(options: argparse.Namespace) -> int:
    settings = settings_of(options.env_file)
    if settings is None:
        return WRONG_SETTINGS
    from bot.cli import media_upload

    if options.deed == "cancel":
        code, said = media_upload.cancel(settings, options.files, creator=options.creator)
    else:
        code, said = media_upload.upload(
            settings,
            options.files,
            creator=options.creator,
            folder=options.folder,
            say=lambda line: print(line, file=sys.stderr, flush=True),
        )
    print(said, file=sys.stdout if code <= 1 else sys.stderr)
    return code
