"""The texts about modes, retention, forgetting and exports (pure)."""

from bot.features.people.privacy import term_texts
from bot.model.language import msgid, number_text, tr, tr_many
from bot.model.ports import Button, Post
from bot.text import render
from bot.text.safe_text import safe
from storage.people.privacy_modes import PrivacyMode
from storage.people.retention import RetentionTerms
from storage.people.tombstones import RemovalCount, Tombstone
from storage.records import CreatorId, FanId

DELETED = msgid("This message was deleted on Fanvue, so we no longer show it.")
NOTHING_HERE = msgid("This button isn't for a message of this thread.")
_MODES = {
    PrivacyMode.FULL: msgid("show texts in full, in the age-restricted forum"),
    PrivacyMode.COVERED: msgid("show texts under a spoiler, in the age-restricted forum"),
    PrivacyMode.PRIVATE: msgid("say who and when; “Show” shows a text to one member, and Discord keeps none"),
}


def mode_held(handle: str, mode: PrivacyMode) -> str:
    """/settings privacy mode with what holds already."""
    return tr("Already set: lines about @{handle} {modes}.", handle=safe(handle), modes=tr(_MODES[mode]))


def ask_mode(handle: str, held: PrivacyMode, mode: PrivacyMode, buttons: tuple[Button, ...]) -> Post:
    """Before a mode is changed."""
    return Post(
        title=tr("Change the mode of @{handle}?", handle=safe(handle)),
        body=(
            tr("Now lines {modes}.", modes=tr(_MODES[held])),
            tr(
                "After the change, new lines {modes}. Team replies work the same way.", modes=tr(_MODES[mode])
            ),
        ),
        buttons=buttons,
    )


def mode_chosen(handle: str, mode: PrivacyMode) -> str:
    """After a mode was changed."""
    return tr(
        "From now on new lines about @{handle} {modes}. Existing lines stay as they are "
        "until their time is over; a line that changes later never shows more than it did at "
        "first.",
        handle=safe(handle),
        modes=tr(_MODES[mode]),
    )


def settings(handle: str, mode: PrivacyMode, held: RetentionTerms) -> Post:
    """The settings of a creator."""
    return Post(
        title=tr("Privacy of @{handle}", handle=safe(handle)),
        body=(
            tr("New lines {modes}.", modes=tr(_MODES[mode])),
            tr(
                "What is kept, and how long\n{rows}\n{goes}",
                rows=term_texts.rows(held),
                goes=tr(term_texts.GOES),
            ),
        ),
        small=tr(
            "Change it with /settings privacy mode and /settings privacy retention. "
            "docs/privacy.md says what leaves the host."
        ),
    )


NO_FAN = msgid(
    "This isn't the thread of a fan we know. Run this in the fan's own thread, or name "
    "them with `fan:` (also someone who only commented on a post)."
)
UNDER_WAY = msgid(
    "A message to this fan is on its way, or it's unclear whether it arrived. Press "
    "again in a minute; if this stays, check /inbox problems."
)
_FORGETS = msgid(
    "- Erased: what they and the team wrote, their name and their ids.\n- Deleted on "
    "Discord: their threads, with everything the team wrote in them, alerts about them, "
    "and the lines of their comments in posts' threads.\n- Stays: lines about money and "
    "the audit, without a name; the chat on Fanvue; backups, until the bridge's operator "
    "deletes them."
)
FORGOTTEN = msgid(
    "This fan is forgotten: texts, name and ids are erased, and we are deleting their "
    "threads and the lines of their comments.\nLines about money and the audit stay, "
    "without anything that identifies the fan.\nFanvue is not touched; if they write "
    "again, they are a new fan here.\nBackups still have them until the bridge's operator "
    "deletes those."
)


NO_SUCH_FAN = msgid("Choose the fan from the list as you type.")


def ask_export(handle: str, fan: str | None, buttons: tuple[Button, ...]) -> Post:
    """Before somebody is handed all that is kept."""
    what = (
        tr(
            "You get a file (JSON) with all we keep of **{fan}**, a fan of @{handle}: names, ids, what "
            "both sides wrote, and lines about money. **It contains intimate texts in clear.**",
            fan=fan,
            handle=safe(handle),
        )
        if fan is not None
        else tr(
            "You get a file (JSON) with everything we keep of @{handle}: names, ids, what fans and the "
            "team wrote, and lines about money. **It contains intimate texts in clear.**",
            handle=safe(handle),
        )
    )
    where = tr(
        "Only you see the answer. Discord keeps the file with it for a while, and your "
        "device keeps your download until you delete it.\nSave the file where nobody else can "
        "read it, dismiss the answer, and delete the file after use.\nThe audit log says that "
        "you have it."
    )
    return Post(title=tr("Export the stored data?"), body=(what, where), buttons=buttons)


def exported(rows: int) -> str:
    return tr(
        "Here it is: {rows} rows, with names and intimate texts in clear. Save it, dismiss "
        "this message, and delete the file after use.",
        rows=number_text(rows),
    )


def export_kept_off(creator: CreatorId, fan: FanId | None) -> str:
    """The answer where no text may be on Discord in any way."""
    return tr(
        "This creator has chosen “private”, now or earlier: none of their texts may be on "
        "Discord, so we can't send a file here. {by_the_operator}",
        by_the_operator=_by_the_operator(creator, fan),
    )


def export_too_large(creator: CreatorId, fan: FanId | None) -> str:
    """The answer for a file too large."""
    fewer = "" if fan is not None else tr(" A single fan's file is smaller: choose them under `fan:`.")
    return tr(
        "This is more than Discord allows in an answer.{fewer} {by_the_operator}",
        fewer=fewer,
        by_the_operator=_by_the_operator(creator, fan),
    )


def _by_the_operator(creator: CreatorId, fan: FanId | None) -> str:
    # Ids and not handles: this is pasted into a shell.
    which = f"--creator {creator}" + ("" if fan is None else f" --fan {fan}")
    command = f"fanvue-bridge privacy export {which} --to export.json"
    return tr(
        "The bridge's operator writes the same file on its own machine:\n```\n{command}\n```", command=command
    )


def ask_forget(fan: str, buttons: tuple[Button, ...]) -> Post:
    """Before a fan is forgotten."""
    body = (f"**{fan}**\n{tr(_FORGETS)}", tr("**This can't be undone.**"))
    return Post(title=tr("Forget this fan?"), body=body, buttons=buttons)


def tombstone(stone: Tombstone, ref: str) -> Post:
    """The note in a thread in the place of removed lines."""
    text = tr_many(
        "{n} message older than {days} was removed, the last time on <t:{at}:D>.",
        "{n} messages older than {days} were removed, the last time on <t:{at}:D>.",
        stone.number,
        days=tr_many("{n} day", "{n} days", stone.days),
        at=stone.at // 1000,
    )
    return render.note(text, ref=ref, at=stone.at)


def removed(gone: RemovalCount, days: int) -> str:
    """For the audit log, which has one language."""
    threads = f"{gone.threads:,} {_plural(gone.threads, 'thread')}"
    lines = f"{gone.lines:,} {_plural(gone.lines, 'line')}"
    return f"{threads} whole and {lines} in all, older than {days} days"


def removal_alert(gone: RemovalCount, days: int) -> Post:
    """In the alerts channel: whole threads have no place for a line of their own any more."""
    text = tr_many(
        "On {day} {n} thread in which everything was older than {days} days was removed. A "
        "fan who writes again gets a new thread; the chats are on Fanvue.",
        "On {day} {n} threads in which everything was older than {days} days were removed. A "
        "fan who writes again gets a new thread; the chats are on Fanvue.",
        gone.threads,
        day=gone.day,
        days=days,
    )
    return Post(title=tr("Old threads were removed"), body=(text,))


def _plural(number: int, one: str) -> str:
    return one if number == 1 else f"{one}s"
