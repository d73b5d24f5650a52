"""Files on their way into a vault: begun, taken part by part, put together."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import timedelta

from aiohttp import web

from bot.sandbox.fanvue import chat_actions
from bot.sandbox.fanvue.calls import ApiAnswer, ApiCall, ApiRoute, invalid, refuse
from bot.sandbox.fanvue.records import MediaId
from bot.sandbox.fanvue.shapes import RequestField, Shape
from bot.sandbox.fanvue.state import FanvueState
from bot.sandbox.fanvue.vault import UploadedPart, VaultUploadRecord

LARGEST = 1_610_612_736
PUT = "/_parts/{upload}/{number}"
_MOST_PARTS = 10_000
_CHUNK = 64 * 1024
_KINDS = ("image", "video", "audio", "document")
_BEGIN: Shape = {
    "name": RequestField(required=True, low=1, high=255),
    "filename": RequestField(required=True, low=1, high=255),
    "mediaType": RequestField(required=True, choices=_KINDS),
    "sizeBytes": RequestField("integer", low=1, high=LARGEST),
}
_PART: Shape = {"PartNumber": RequestField("integer", required=True), "ETag": RequestField()}
_END: Shape = {"parts": RequestField("shape", many="array", shape=_PART)}


def begin(call: ApiCall) -> ApiAnswer:
    """An upload, and the item that it is to become: it is `created`, and in no list of the vault."""
    body, state = call.body, call.state
    media = chat_actions.put_in_vault(state, call.creator, body["mediaType"], "created", body["name"])
    size, part = body.get("sizeBytes"), state.switches.upload_part_bytes
    made = VaultUploadRecord(state.new_secret(24), media.uuid, call.creator.uuid, size, part)
    state.uploads[made.id] = made
    total = None if size is None else -(-size // part)
    return ApiAnswer(
        200,
        {
            "mediaUuid": media.uuid,
            "uploadId": made.id,
            "partSize": part,
            "maxParts": _MOST_PARTS,
            "totalParts": total,
        },
    )


def address(call: ApiCall) -> ApiAnswer:
    """The address for one part's bytes, for a short while and without a token."""
    upload, number = _open(call), call.params["partNumber"]
    if not (number.isdecimal() and 1 <= int(number) <= _MOST_PARTS):
        refuse(400, "Invalid part number")
    state = call.state
    life: timedelta = state.switches.window(state.switches.part_url_seconds)
    expires = int((state.now() + life).timestamp() * 1000)
    path = PUT.format(upload=upload.id, number=number)
    signature = _seal(upload.id, number, expires)
    return ApiAnswer(200, text=f"{state.base_url}{path}?expires={expires}&signature={signature}")


def finish(call: ApiCall) -> ApiAnswer:
    """All parts together are the file, if they are what was sent, whole and in order."""
    upload = _open(call)
    given = [(part["PartNumber"], part.get("ETag")) for part in call.body.get("parts", [])]
    there = [(number, part.etag) for number, part in sorted(upload.parts.items())]
    if not given or given != there:
        invalid("One or more of the specified parts could not be found, or its ETag does not match")
    if [number for number, _ in there] != list(range(1, len(there) + 1)):
        invalid("The list of parts was not in ascending order")
    if upload.size not in {None, sum(part.size for part in upload.parts.values())}:
        invalid("The parts are not as long together as was said")
    state = call.state
    upload.finished = True
    state.media[upload.media].status = "processing"
    wait = state.switches.window(state.switches.processing_seconds)
    state.processing[upload.media] = state.now() + wait
    state.pulse.beat()
    return ApiAnswer(200, {"status": "processing"})


def process_due(state: FanvueState) -> None:
    """Set media that are through by now to ready, or to an error where Fanvue cannot show them."""
    now = state.now()
    for media in [one for one, at in state.processing.items() if at <= now]:
        del state.processing[media]
        if media in state.media:
            state.media[media].status = "error" if state.switches.processing_fails else "ready"
            state.pulse.beat()


def hidden(state: FanvueState, media: MediaId) -> bool:
    """Whether an item is only begun: no list of the vault has it."""
    begun = any(one.media == media and not one.finished for one in state.uploads.values())
    return begun and state.media[media].status == "created"


async def take_part(state: FanvueState, request: web.Request) -> web.Response:
    """Store one part: of its bytes only how many they are, and their hashes."""
    upload = state.uploads.get(request.match_info["upload"])
    number, query = request.match_info["number"], request.query
    expires, signature = query.get("expires", ""), query.get("signature", "")
    right = expires.isdigit() and hmac.compare_digest(
        signature, _seal(request.match_info["upload"], number, int(expires))
    )
    if not right or state.now().timestamp() * 1000 >= int(expires):
        return web.Response(status=403, text="<Error><Code>AccessDenied</Code></Error>")
    if upload is None or upload.finished or upload.gone:
        return web.Response(status=404, text="<Error><Code>NoSuchUpload</Code></Error>")
    if request.content_length is None:
        return web.Response(status=411, text="<Error><Code>MissingContentLength</Code></Error>")
    if request.content_length > upload.part_size:
        return web.Response(status=400, text="<Error><Code>EntityTooLarge</Code></Error>")
    digest, size = hashlib.md5(usedforsecurity=False), 0
    async for chunk in request.content.iter_chunked(_CHUNK):
        digest.update(chunk)
        size += len(chunk)
    etag = f'"{digest.hexdigest()}"'
    upload.parts[int(number)] = UploadedPart(size, etag)
    state.ledger.record("part", upload=upload.id, number=int(number), size=size)
    return web.Response(headers={"ETag": etag})


def _open(call: ApiCall) -> VaultUploadRecord:
    upload = call.state.uploads.get(call.params["uploadId"])
    if upload is None or upload.owner != call.creator.uuid or upload.gone or upload.finished:
        refuse(400, "Upload not found")  # the contract has no 404 here
    return upload


def _seal(upload: str, number: str, expires: int) -> str:
    """Forging is not worth anything here, so the key is no secret."""
    return hmac.new(b"stand-in", f"{upload}/{number}/{expires}".encode(), hashlib.sha256).hexdigest()


_ONE = "media/uploads/{uploadId}"
_URL = f"{_ONE}/parts/{{partNumber}}/url"

ROUTES: Mapping[str, ApiRoute] = {
    "POST /media/uploads": ApiRoute(begin, body=_BEGIN),
    "POST /v1/media/uploads": ApiRoute(begin, body=_BEGIN),
    f"GET /{_URL}": ApiRoute(address),
    f"GET /v1/{_URL}": ApiRoute(address),
    f"PATCH /{_ONE}": ApiRoute(finish, body=_END),
    f"PATCH /v1/{_ONE}": ApiRoute(finish, body=_END),
}
