"""The texts about modes, retention, forgetting and exports (pure)."""

from bot.features.people.privacy import term_texts
from bot.model.ports import Button, Post
from bot.text import render
from bot.text.safe_text import safe
from storage.people.privacy_modes import PrivacyMode
from storage.people.retention import RetentionTerms
from storage.people.tombstones import RemovalCount, Tombstone
from storage.records import CreatorId, FanId

DELETED = "This message was deleted on Fanvue, so we no longer show it."
NOTHING_HERE = "This button isn't for a message of this thread."
_MODES = {
    PrivacyMode.FULL: "show texts in full, in the age-restricted forum",
    PrivacyMode.COVERED: "show texts under a spoiler, in the age-restricted forum",
    PrivacyMode.PRIVATE: "say who and when; “Show” shows a text to one member, and Discord keeps none",
}


def mode_held(handle: str, mode: PrivacyMode) -> str:
    """/settings privacy mode with what holds already."""
    return f"Already set: lines about @{safe(handle)} {_MODES[mode]}."


def ask_mode(handle: str, held: PrivacyMode, mode: PrivacyMode, buttons: tuple[Button, ...]) -> Post:
    """Before a mode is changed."""
    return Post(
        title=f"Change the mode of @{safe(handle)}?",
        body=(
            f"Now lines {_MODES[held]}.",
            f"After the change, new lines {_MODES[mode]}. Team replies work the same way.",
        ),
        buttons=buttons,
    )


def mode_chosen(handle: str, mode: PrivacyMode) -> str:
    """After a mode was changed."""
    return (
        f"From now on new lines about @{safe(handle)} {_MODES[mode]}. Existing lines stay as "
        "they are until their time is over; a line that changes later never shows more than it "
        "did at first."
    )


def settings(handle: str, mode: PrivacyMode, held: RetentionTerms) -> Post:
    """The settings of a creator."""
    return Post(
        title=f"Privacy of @{safe(handle)}",
        body=(
            f"New lines {_MODES[mode]}.",
            f"What is kept, and how long\n{term_texts.rows(held)}\n{term_texts.GOES}",
        ),
        small=(
            "Change it with /settings privacy mode and /settings privacy retention. docs/privacy.md "
            "says what leaves the host."
        ),
    )


NO_FAN = (
    "This isn't the thread of a fan we know. Run this in the fan's own thread, or name them with "
    "fan: (also someone who only commented on a post)."
)
UNDER_WAY = (
    "A message to this fan is on its way, or it's unclear whether it arrived. Press again in a "
    "minute; if this stays, check /inbox problems."
)
_FORGETS = (
    "- Erased: what they and the team wrote, their name and their ids.\n- Deleted on Discord: "
    "their threads, with everything the team wrote in them, alerts about them, and the lines of "
    "their comments in posts' threads.\n- Stays: lines about money and the audit, without a name; "
    "the chat on Fanvue; backups, until the bridge's operator deletes them."
)
FORGOTTEN = (
    "This fan is forgotten: texts, name and ids are erased, and we are deleting their threads and "
    "the lines of their comments.\nLines about money and the audit stay, without anything that "
    "identifies the fan.\nFanvue is not touched; if they write again, they are a new fan here.\n"
    "Backups still have them until the bridge's operator deletes those."
)


NO_SUCH_FAN = "Choose the fan from the list as you type."


def ask_export(handle: str, fan: str | None, buttons: tuple[Button, ...]) -> Post:
    """Before somebody is handed all that is kept."""
    whom = f"of **{fan}**, a fan of @{safe(handle)}" if fan is not None else f"of @{safe(handle)}"
    what = (
        f"You get a file (JSON) with everything we keep {whom}: names, ids, what fans and the "
        "team wrote, and lines about money. **It contains intimate texts in clear.**"
    )
    where = (
        "Only you see the answer. Discord keeps the file with it for a while, and your device "
        "keeps your download until you delete it.\nSave the file where nobody else can read "
        "it, dismiss the answer, and delete the file after use.\nThe audit log says that you "
        "have it."
    )
    return Post(title="Export the stored data?", body=(what, where), buttons=buttons)


def exported(rows: int) -> str:
    return (
        f"Here it is: {rows:,} rows, with names and intimate texts in clear. Save it, dismiss "
        "this message, and delete the file after use."
    )


def export_kept_off(creator: CreatorId, fan: FanId | None) -> str:
    """The answer where no text may be on Discord in any way."""
    return (
        "This creator has chosen “private”, now or earlier: none of their texts may be on "
        f"Discord, so we can't send a file here. {_by_the_operator(creator, fan)}"
    )


def export_too_large(creator: CreatorId, fan: FanId | None) -> str:
    """The answer for a file too large."""
    fewer = "" if fan is not None else " A single fan's file is smaller: choose them under fan."
    return f"This is more than Discord allows in an answer.{fewer} {_by_the_operator(creator, fan)}"


def _by_the_operator(creator: CreatorId, fan: FanId | None) -> str:
    # Ids and not handles: this is pasted into a shell.
    which = f"--creator {creator}" + ("" if fan is None else f" --fan {fan}")
    command = f"fanvue-bridge privacy export {which} --to export.json"
    return f"The bridge's operator writes the same file on its own machine:\n```\n{command}\n```"


def ask_forget(fan: str, buttons: tuple[Button, ...]) -> Post:
    """Before a fan is forgotten."""
    body = (f"**{fan}**\n{_FORGETS}", "**This can't be undone.**")
    return Post(title="Forget this fan?", body=body, buttons=buttons)


def tombstone(stone: Tombstone, ref: str) -> Post:
    """The note in a thread in the place of removed lines."""
    lines = f"{stone.number:,} {_plural(stone.number, 'message')}"
    days = f"{stone.days} {_plural(stone.days, 'day')}"
    verb = "was" if stone.number == 1 else "were"
    text = f"{lines} older than {days} {verb} removed, the last time on <t:{stone.at // 1000}:D>."
    return render.note(text, ref=ref, at=stone.at)


def removed(gone: RemovalCount, days: int) -> str:
    threads = f"{gone.threads:,} {_plural(gone.threads, 'thread')}"
    return f"{threads} whole and {gone.lines:,} {_plural(gone.lines, 'line')} in all, older than {days} days"


def removal_alert(gone: RemovalCount, days: int) -> Post:
    """In the alerts channel: whole threads have no place for a line of their own any more."""
    threads = f"{gone.threads:,} {_plural(gone.threads, 'thread')}"
    verb = "was" if gone.threads == 1 else "were"
    text = (
        f"On {gone.day} {threads} in which everything was older than {days} days {verb} removed. "
        "A fan who writes again gets a new thread; the chats are on Fanvue."
    )
    return Post(title="Old threads were removed", body=(text,))


def _plural(number: int, one: str) -> str:
    return one if number == 1 else f"{one}s"
