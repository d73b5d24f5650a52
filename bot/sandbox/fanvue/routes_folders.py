"""The folders of a vault, as far as they are read and filled."""

from collections.abc import Mapping

from bot.sandbox.fanvue.calls import ApiAnswer, ApiCall, ApiRoute, Json, refuse
from bot.sandbox.fanvue.events import iso
from bot.sandbox.fanvue.paging import PAGE, paged
from bot.sandbox.fanvue.records import MediaId, MediaRecord
from bot.sandbox.fanvue.shapes import RequestField
from bot.sandbox.fanvue.vault import VaultFolder


def folders(call: ApiCall) -> ApiAnswer:
    """Newest first; a Fanvue without pages takes none, and tells all at once."""
    own = [folder for folder in call.state.folders.values() if folder.owner == call.creator.uuid]
    if call.state.switches.folders_in_pages:
        return paged(call, [((iso(one.created_at), one.name), one) for one in own], _folder)
    if call.query:
        refuse(400, "this list takes no query")
    own.sort(key=lambda folder: (folder.created_at, folder.name), reverse=True)
    pagination = {"page": 1, "size": len(own), "hasMore": False}
    return ApiAnswer(200, {"data": [_folder(folder) for folder in own], "pagination": pagination})


def one_folder(call: ApiCall) -> ApiAnswer:
    return ApiAnswer(200, _folder(_found(call)))


def media_of_folder(call: ApiCall) -> ApiAnswer:
    files = [call.state.media[uuid] for uuid in _found(call).media]
    rows = [((iso(media.created_at), media.uuid), media) for media in files]
    return paged(call, rows, _row)


def put_in(call: ApiCall) -> ApiAnswer:
    """Put in one's own media; those in it already stay, once."""
    folder, state = _found(call), call.state
    wanted = [MediaId(uuid) for uuid in call.body["mediaUuids"]]
    if any(one not in state.media or state.media[one].owner != folder.owner for one in wanted):
        refuse(400, "Media not found")
    new = [one for one in dict.fromkeys(wanted) if one not in folder.media]
    folder.media += new
    state.pulse.beat()
    return ApiAnswer(201, {"addedCount": len(new)})


def _found(call: ApiCall) -> VaultFolder:
    folder = call.state.folders.get((call.creator.uuid, call.params["folderName"]))
    if folder is None:
        refuse(404, "Folder not found")
    return folder


def _folder(folder: VaultFolder) -> Json:
    return {"name": folder.name, "createdAt": iso(folder.created_at), "mediaCount": len(folder.media)}


def _row(media: MediaRecord) -> Json:
    return {
        "uuid": media.uuid,
        "name": media.name,
        "createdAt": iso(media.created_at),
        "mediaType": media.type,
    }


_ONE = "vault/folders/{folderName}"

ROUTES: Mapping[str, ApiRoute] = {
    "GET /vault/folders": ApiRoute(folders, query=PAGE),
    f"GET /{_ONE}": ApiRoute(one_folder),
    f"GET /{_ONE}/media": ApiRoute(media_of_folder, query=PAGE),
    f"POST /{_ONE}/media": ApiRoute(
        put_in, body={"mediaUuids": RequestField("uuid", required=True, many="array", items=(1, 10_000))}
    ),
}
