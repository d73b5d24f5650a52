"""`python -m tests.languages`: what is translated; `--write` updates files."""

import argparse
import asyncio
import json

from babel.messages.catalog import Catalog, Message

from bot.model.command_names import FILE
from tests.architecture.source_tree import TOP
from tests.languages.commands import named_commands
from tests.languages.extraction import TRANSLATED, read, templates, write_all


def figures() -> dict[str, int]:
    """How many messages there are, and how many of them no catalogue of a language has."""
    wanted = templates()
    found = {"messages": sum(len(template) for template in wanted.values())}
    for language in TRANSLATED:
        found[f"untranslated_{language}"] = sum(
            _lacking(template, read(folder, language)) for folder, template in wanted.items()
        )
    return found


def _lacking(template: Catalog, book: Catalog) -> int:
    return sum(1 for message in template if message.id and not _has(book.get(message.id)))


def _has(message: Message | None) -> bool:
    said = message.string if message is not None else None
    return bool(said) if said is None or isinstance(said, str) else all(said)


def by_folder() -> dict[str, dict[str, int]]:
    """The same by folder, for translators."""
    found: dict[str, dict[str, int]] = {}
    for folder, template in templates().items():
        row = {"messages": len(template)}
        for language in TRANSLATED:
            row[language] = _lacking(template, read(folder, language))
        found[folder.relative_to(TOP).as_posix()] = row
    return found


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.languages", description=__doc__)
    parser.add_argument("--write", action="store_true", help="bring the catalogues up to the source")
    parser.add_argument("--folders", action="store_true", help="what each folder lacks")
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    options = parser.parse_args()
    if options.write:
        write_all()
        FILE.write_bytes(asyncio.run(named_commands()))
    if options.folders:
        for folder, row in by_folder().items():
            print(f"{folder:52} {row['messages']:>5}  " + "  ".join(f"{n}: {row[n]}" for n in TRANSLATED))
        return
    found = figures()
    print(json.dumps(found) if options.json else "\n".join(f"{name:24} {n:>6}" for name, n in found.items()))


if __name__ == "__main__":
    main()
