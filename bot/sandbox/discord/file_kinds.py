"""The content type that Discord finds for an uploaded file, by its name's ending."""

UNTOLD = "application/octet-stream"
_KINDS = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "webm": "video/webm",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "wav": "audio/x-wav",
    "flac": "audio/flac",
    "pdf": "application/pdf",
    "json": "application/json; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}


def kind_by_name(name: str) -> str:
    """`UNTOLD` for an ending that it does not know."""
    return _KINDS.get(name.rpartition(".")[2].lower(), UNTOLD)
