"""What an upload says to people: how far it is, and why it failed (pure)."""

from storage.uploads import State, Upload

TWIN = "The same file is on its way already; this one waits for it."
NOT_PROCESSED = (
    "Fanvue has the whole file and could not process it. It may be damaged, or of a form that Fanvue does "
    "not know: open it, save it anew and upload that."
)
DELETED = (
    "The file was deleted from the vault before it was ready. Upload it again if it is wanted after all."
)
STILL_PROCESSED = (
    "Fanvue has the whole file and is still processing it after a day. Look for it with /media before you "
    "upload it again."
)
_IN_WORDS = {
    State.WAITING: "is being read",
    State.STARTING: "begins",
    State.FINISHING: "is being put together",
    State.PROCESSING: "is complete; Fanvue is processing it",
    State.CANCELLED: "was cancelled",
}


def progress(upload: Upload) -> str:
    """How far it is, in a few words."""
    if upload.state is State.SENDING and upload.parts:
        sent = min(len(upload.etags) * (upload.part_size or 0), upload.size)
        said = f"{sent * 100 // upload.size} % ({len(upload.etags)} of {upload.parts} parts)"
    elif upload.state is State.DONE:
        said = f"was in the vault already: {upload.media}" if upload.known else f"is ready: {upload.media}"
    elif upload.state is State.FAILED:
        return f"failed. {upload.why or ''}".rstrip()
    else:
        said = _IN_WORDS.get(upload.state, upload.state.value)
    return f"{said}. {upload.why}" if upload.why else said
