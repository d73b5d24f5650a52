"""Who reads rows of rights: checked, or for a reason that is written down."""

import re

from storage.engine.signed_rights import TABLES
from tests.architecture.source_tree import TOP, modules

NAMES = "|".join(table.table for table in TABLES)
READS = re.compile(rf"\b(?:FROM|JOIN) (?:{NAMES})\b")
# Statements that name such a table and do not check its rows. Nothing is let in by any of them.
UNCHECKED = {
    "attention": "which creators have something waiting: a list to look through",
    "campaigns": "whom a background look begins with; the look needs a link that is checked",
    "cards": "tags by their names",
    "creator_wipe": "rows that are deleted",
    "data_export": "rows about a creator, as they are",
    "erasure_places": "on which server something lies that goes; what goes is checked",
    "figures": "counts and times for the operator",
    "gaps": "as campaigns",
    "goals": "as campaigns",
    "guild_assignments": "which of an installation's bots a server is",
    "hold_conditions": "whether to look closer, which is checked",
    "inbox": "as campaigns",
    "overflow": "how full forums are; the one to be followed by another is checked",
    "paused_targets": "as campaigns",
    "pauses": "which stops there are: more of them let nothing out",
    "post_threads": "as campaigns",
    "promises": "as campaigns",
    "quarantine": "as campaigns",
    "restore_review": "handles for the operator to read",
    "sealed_columns": "for what a value is sealed; who may open it is asked elsewhere",
    "timers": "as campaigns",
    "unread_chats": "as campaigns",
}
TOOLS = {
    "bot.cli.privacy_erasure": "handles and counts of what goes",
    "bot.cli.privacy_export": "rows as they are",
}
TABLES_OF = re.compile(
    r"^from storage\.(?:inbox|people) import [^(\n]*\b(?:creators|grants|consents|forums|forum_setups)\b",
    re.MULTILINE,
)
BESIDE = re.compile(r"\bsite_of\(|\bread_beside\(|\bopen_database\(")


def test_whatever_reads_a_table_of_rights_checks_it_or_says_why_not() -> None:
    found = {}
    for path in modules("storage"):
        text = path.read_text(encoding="utf-8")
        checked = "rights." in text or "fits(tx," in text or "every(tx," in text
        if READS.search(text) and path.stem not in {"signed_rights", "signed_rows"}:
            found[path.stem] = checked

    assert {name for name, checked in found.items() if not checked} <= set(UNCHECKED)
    assert set(UNCHECKED) <= set(found), "a reason that nothing needs"


def test_whoever_opens_a_database_to_read_rights_has_the_keys() -> None:
    """Without a signer each signed row counts as not there: nothing would be found."""
    without = set()
    for path in modules("bot"):
        text = path.read_text(encoding="utf-8")
        name = ".".join(path.relative_to(TOP).with_suffix("").parts)
        if BESIDE.search(text) and TABLES_OF.search(text) and "RightsSigner" not in text:
            without.add(name)

    assert without <= set(TOOLS)
