"""The sealed part of an upload: its name, and the place of its bytes."""

import json
from dataclasses import asdict, dataclass

from bot.model.errors import SealDamaged
from bot.model.ports import Sealer
from storage.publishing.uploads import UploadRecord
from storage.records import CreatorId


@dataclass(frozen=True)
class UploadBody:
    """`where`: a path on the bridge's machine, or, `attached`, where Discord keeps an attachment.

    `as_of`: when a file of the machine's was last changed, in nanoseconds.
    """

    name: str
    filename: str
    kind: str
    where: str
    as_of: int = 0
    attached: bool = False
    folder: str | None = None


def seal(sealer: Sealer, upload: str, creator: CreatorId, body: UploadBody) -> bytes:
    """For one row, and no other."""
    return sealer.seal(upload_place(upload, creator), json.dumps(asdict(body)).encode(errors="surrogatepass"))


def opened(sealer: Sealer, upload: UploadRecord) -> UploadBody:
    """The unsealed body. Raises SealDamaged."""
    try:
        return UploadBody(**json.loads(sealer.open(upload_place(upload.id, upload.creator), upload.body)))
    except (ValueError, TypeError) as error:
        raise SealDamaged from error


def upload_place(upload: str, creator: CreatorId) -> str:
    """The place a body is sealed for."""
    return f"uploads|body|{upload}|{creator}"
