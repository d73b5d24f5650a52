"""Media files behind signed URLs that soon expire, on the stand-in itself."""

import hashlib
import hmac
from datetime import timedelta

from bot.sandbox.fanvue import pictures, recordings
from bot.sandbox.fanvue.records import AccountRecord, MediaId, MediaRecord
from bot.sandbox.fanvue.state import FanvueState
from bot.sandbox.fanvue.vault import ServedFile

# Which forms a file has; one that it lacks is left out of an answer.
FORMS = {
    "image": ("main", "thumbnail", "blurred"),
    "video": ("main", "thumbnail", "thumbnail_gallery", "blurred"),
    "audio": ("main",),
    "document": ("main",),
}


_AVATAR = "avatar"


def avatar_url(state: FanvueState, account: AccountRecord) -> str | None:
    """The same for the picture of somebody's profile; None: there is none."""
    return None if account.uuid in state.faceless else _signed(state, account.uuid, _AVATAR)


def signed_url(state: FanvueState, media: MediaRecord, variant: str) -> str:
    """A URL that opens this file for a short while, without any token."""
    return _signed(state, media.uuid, variant)


def _signed(state: FanvueState, uuid: str, variant: str) -> str:
    life: timedelta = state.switches.window(state.switches.media_url_seconds)
    expires = int((state.now() + life).timestamp() * 1000)
    seal = _seal(uuid, variant, expires)
    base = state.switches.media_url_base or state.base_url
    return f"{base}/_media/{uuid}/{variant}?expires={expires}&signature={seal}"


def open_file(state: FanvueState, uuid: str, variant: str, expires: str, signature: str) -> ServedFile | None:
    """The file behind a signed URL; None when the URL is forged, over or about nothing."""
    if not expires.isdigit() or state.now().timestamp() * 1000 >= int(expires):
        return None
    if not hmac.compare_digest(signature, _seal(uuid, variant, int(expires))):
        return None
    if variant == _AVATAR:
        return ServedFile(pictures.small(uuid, blurred=False), "image/jpeg")
    media = state.media.get(MediaId(uuid))
    if media is None:
        return None
    if media.uuid in state.served:
        return state.served[media.uuid]
    if variant != "main":
        return ServedFile(pictures.small(media.uuid, blurred=variant == "blurred"), "image/jpeg")
    if media.type == "image":
        return ServedFile(pictures.whole(media.uuid), "image/png")
    if media.type == "video":
        return ServedFile(recordings.video(media.uuid), "video/webm")
    if media.type == "audio":
        return ServedFile(recordings.voice(media.uuid), "audio/wav")
    return ServedFile(f"%PDF-1.4 {media.uuid}".encode(), "application/pdf")


def size_of(media: MediaRecord, variant: str) -> tuple[int, int] | None:
    """Width and height, where this form is a picture."""
    if variant != "main":
        return pictures.SMALL
    return pictures.WHOLE if media.type == "image" else None


def length_of(media: MediaRecord, variant: str) -> int | None:
    """How long this form plays, in milliseconds."""
    lengths = {"video": recordings.VIDEO_MS, "audio": recordings.VOICE_MS}
    return lengths.get(media.type) if variant == "main" else None


def _seal(uuid: str, variant: str, expires: int) -> str:
    """Forging is not worth anything here, so the key is no secret."""
    return hmac.new(b"stand-in", f"{uuid}/{variant}/{expires}".encode(), hashlib.sha256).hexdigest()
