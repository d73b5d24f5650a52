"""Putting a file into a creator's vault: begun, sent in parts, put together."""

from collections.abc import Sequence

from bot.fanvue.calls import ApiCaller, given
from bot.fanvue.rows import FanvueRow, answer
from storage.records import MediaId


class UploadSession(FanvueRow):
    """An upload that Fanvue has begun. How it is to be cut, older answers do not tell."""

    essential = frozenset({"mediaUuid", "uploadId"})
    media_uuid: MediaId
    upload_id: str
    part_size: int | None = None
    max_parts: int | None = None
    total_parts: int | None = None


class FinishedUpload(FanvueRow):
    """Fanvue's result of the parts."""

    status: str | None = None


class UploadsApi:
    """Methods on `/media/uploads`."""

    def __init__(self, caller: ApiCaller) -> None:
        self._caller = caller

    async def begin(self, *, name: str, filename: str, kind: str, size: int) -> UploadSession:
        """Begin one. It knows no key: after Unclear there may be one more that nobody uses."""
        body = given(name=name, filename=filename, mediaType=kind, sizeBytes=size)
        return answer(UploadSession, await self._caller.call(self._caller.road("begin_upload"), body=body))

    async def part_address(self, upload: str, number: int) -> str:
        """Return this part's address; it soon expires."""
        parts = {"uploadId": upload, "partNumber": str(number)}
        return str(await self._caller.call(self._caller.road("part_address"), parts=parts))

    async def put_in_folder(self, media: MediaId, folder: str) -> None:
        """Have an item be in a folder of the vault. Twice is once."""
        way = self._caller.road("put_in_folder")
        await self._caller.call(way, parts={"folderName": folder}, body={"mediaUuids": [media]})

    async def finish(self, upload: str, etags: Sequence[str]) -> str | None:
        """Have the parts joined, the first one first; return the item's status then."""
        parts = [{"PartNumber": number, "ETag": etag} for number, etag in enumerate(etags, start=1)]
        way = self._caller.road("finish_upload")
        reply = await self._caller.call(way, parts={"uploadId": upload}, body={"parts": parts})
        return answer(FinishedUpload, reply).status
