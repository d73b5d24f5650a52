"""The texts of an upload: its progress, and the reason it failed (pure)."""

from collections.abc import Sequence

from bot.features.publishing.uploads.kind_rules import TAKES
from bot.features.publishing.uploads.target import UploadTarget
from bot.model.language import msgid, tr, tr_stored
from bot.model.ports import Button, Post
from bot.text.safe_text import one_line, safe
from storage.publishing.uploads import OVER, UploadRecord, UploadState
from storage.records import CommandId

STOP = "upload.stop"
NOT_TAKEN = msgid("Discord was too slow, so this was not done. Please try again.")
NOT_YOURS = msgid("You have no uploads under way here.")
_NAME = 60
_STOPPABLE = frozenset({UploadState.WAITING, UploadState.STARTING, UploadState.SENDING})
_CHANGES = msgid(
    "Only you see this. It updates for 14 minutes; after that see /media browse. {takes} For files too "
    "large for Discord, your operator uses fanvue-bridge media upload."
)
_USE = msgid(
    "They now come first wherever you choose media: in a reply, /mass new, /post new and /media browse."
)
_FOR = msgid("Your {noun} is kept. **Go on** shows it with these files; nothing happens by itself.")

GOES = msgid("The vault has everything, so the message with the files is being deleted on Discord.")
GONE = msgid("The message with the files was deleted on Discord; the vault has them.")
KEPT = msgid(
    "The message with the files stays on Discord: the bridge's operator has set DELETE_UPLOADED=false."
)
NOT_ALL = msgid("The message with the files stays on Discord, because the vault does not have all of them.")
NOT_THEIRS = msgid(
    "The message with the files stays on Discord: it isn't yours, and you may not delete messages here."
)
ELSEWHERE = msgid(
    "The message with the files stays on Discord: only messages in this creator's own channels are deleted."
)
NO_RIGHT = msgid(
    "The message with the files is still on Discord: delete it yourself, and allow the "
    "bot “Manage Messages” in this channel for the next time."
)

TWIN = msgid("The same file is already on its way; this one waits for it.")
NOT_PROCESSED = msgid(
    "Fanvue has the whole file but couldn't process it. It may be damaged, or in a "
    "format Fanvue doesn't know: open it, save it again and upload that."
)
NO_FOLDER = msgid(
    "It is not in the folder: Fanvue has none with this name, or did not accept it. Put it there on Fanvue."
)
DELETED = msgid(
    "The file was deleted from the vault before it was ready. Upload it again if you still want it."
)
STILL_PROCESSED = msgid(
    "Fanvue has the whole file but is still processing it after a day. Check with /media "
    "browse before you upload it again."
)
_IN_WORDS = {
    UploadState.WAITING: msgid("is being read"),
    UploadState.STARTING: msgid("begins"),
    UploadState.FINISHING: msgid("is being put together"),
    UploadState.PROCESSING: msgid("is complete; Fanvue is processing it"),
    UploadState.CANCELLED: msgid("was cancelled"),
}


def progress(upload: UploadRecord) -> str:
    """Its progress, in a few words."""
    if upload.state is UploadState.SENDING and upload.parts:
        sent = min(len(upload.etags) * (upload.part_size or 0), upload.size)
        said = tr(
            "{percent} % ({done} of {parts} parts)",
            percent=sent * 100 // upload.size,
            done=len(upload.etags),
            parts=upload.parts,
        )
    elif upload.state is UploadState.DONE:
        said = (
            tr("was already in the vault: {media}", media=upload.media)
            if upload.known
            else tr("is ready: {media}", media=upload.media)
        )
    elif upload.state is UploadState.FAILED:
        return tr("failed. {why}", why=tr_stored(upload.why or "")).rstrip()
    else:
        said = tr(_IN_WORDS.get(upload.state, upload.state.value))
    return f"{said}. {tr_stored(upload.why)}" if upload.why else said


def shown(
    command: CommandId,
    files: Sequence[tuple[UploadRecord, str]],
    note: str = "",
    *,
    target: UploadTarget | None = None,
) -> Post:
    """All files of a command, one line each; `files`: with their names. `note`: of their message.

    `target`: what they are for.
    """
    rows = [upload for upload, _name in files]
    lines = [
        f"**{number}.** {_called(name)}: {_line(upload)}"
        for number, (upload, name) in enumerate(files, start=1)
    ]
    small = [tr(_USE)] if target is None and any(row.state is UploadState.DONE for row in rows) else []
    small += [tr(_FOR, noun=tr(target.noun))] if target is not None else []
    if not all(row.state in OVER for row in rows):
        small.append(tr(_CHANGES, takes=tr(TAKES)))
    small += [note] if note else []
    stop = any(row.state in _STOPPABLE for row in rows)
    over = all(row.state in OVER for row in rows)
    look = "primary" if over else "secondary"
    go_on = [Button(target.action, target.ref, tr("Go on"), look)] if target is not None else []
    buttons = (*go_on, *((Button(STOP, command, tr("Cancel"), style="danger"),) if stop else ()))
    return Post(
        title=tr("Upload to the vault")
        if target is None
        else tr("Files for your {noun}", noun=tr(target.noun)),
        body=("\n".join(lines),),
        small="\n".join(small) or None,
        buttons=buttons,
    )


def refused(name: str, why: str) -> str:
    """One of the files cannot be taken, so none is."""
    return tr("{name}: {why} Not uploaded.", name=_called(name), why=why)


def _called(name: str) -> str:
    return safe(one_line(name, _NAME))


def _line(upload: UploadRecord) -> str:
    if upload.state is UploadState.DONE:
        was = tr("was already in the vault") if upload.known else tr("is ready")
        return f"{was}" + (f"\n{tr_stored(upload.why)}" if upload.why else "")
    return progress(upload)
