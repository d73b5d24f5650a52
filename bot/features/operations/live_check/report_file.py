"""Writes the two files of a live check's report."""

import os
from pathlib import Path
from typing import Final

CANNOT_CREATE: Final = 73  # sysexits.h: a file that was asked for could not be made
_PAGE: Final = ".md"


def wrong_report(report: Path | None) -> str | None:
    """Why the report could not be written there, before anything is looked at; None: it can."""
    if report is None:
        return None
    folder = report.absolute().parent
    if report.is_dir() or report.with_suffix(_PAGE).is_dir() or not folder.is_dir():
        return f"{report} is no file in a folder that is there"
    if report.suffix == _PAGE:
        return f"--report names the JSON, as {report.with_suffix('.json')}; the page is written beside it"
    there = [one for one in (report, report.with_suffix(_PAGE)) if one.exists()]
    closed = [one for one in (there if len(there) > 1 else [folder, *there]) if not os.access(one, os.W_OK)]
    return f"{closed[0]} cannot be written by you" if closed else None


def write_report(report: Path, *, as_json: str, page: str) -> str:
    """Write both, and say where they are. Raises OSError."""
    beside = report.with_suffix(_PAGE)
    report.write_text(as_json, encoding="utf-8")
    beside.write_text(page, encoding="utf-8")
    return f"Written: {report} and {beside}. Read the page whole before you send it."


def not_written(error: OSError, kept: Path) -> str:
    """The answer where they could not be written; `kept`: the file with all that was found."""
    why = error.strerror or type(error).__name__
    return f"The report could not be written ({why}). What was found is in {kept}, which is private."
