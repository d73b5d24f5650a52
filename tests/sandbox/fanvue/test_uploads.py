"""Files that are sent in parts: what is stored of them, and what is refused."""

import hashlib
from typing import Any

import httpx
import pytest

from tests.sandbox.fanvue.conftest import FanvueStage, refused

FIRST, SECOND = b"a" * 8, b"b" * 3
FILE = {"name": "Beach", "filename": "beach.jpg", "mediaType": "image", "sizeBytes": 11}


async def put(address: str, content: bytes) -> httpx.Response:
    async with httpx.AsyncClient() as http:
        return await http.put(address, content=content)


async def sent(stage: FanvueStage, number: int, content: bytes, begun: dict[str, Any]) -> dict[str, Any]:
    """One part, stored; as the end of the upload names it."""
    path = f"/media/uploads/{begun['uploadId']}/parts/{number}/url"
    answer = await put((await stage.call("GET", path)).text, content)
    assert answer.status_code == 200
    return {"PartNumber": number, "ETag": answer.headers["ETag"]}


@pytest.mark.parametrize("prefix", ["", "/v1"])
async def test_a_file_goes_up_in_parts_and_is_ready_after_a_while(stage: FanvueStage, prefix: str) -> None:
    stage.server.switches.upload_part_bytes, stage.server.switches.processing_seconds = 8, 30.0
    begun = (await stage.call("POST", f"{prefix}/media/uploads", FILE)).json()
    item = f"{prefix}/media/{begun['mediaUuid']}"
    before = (await stage.call("GET", item)).json()
    listed = [(await stage.call("GET", f"{prefix}/media")).json()["data"]]
    parts = [await sent(stage, 1, FIRST, begun), await sent(stage, 2, SECOND, begun)]
    path = f"{prefix}/media/uploads/{begun['uploadId']}"
    done = await stage.call("PATCH", path, {"parts": parts})
    meanwhile = (await stage.call("GET", item)).json()
    stage.clock.forward(31)
    ready = (await stage.call("GET", item)).json()

    assert (begun["partSize"], begun["totalParts"]) == (8, 2)
    assert (before["status"], listed) == ("created", [[]])
    assert parts[0]["ETag"] == f'"{hashlib.md5(FIRST, usedforsecurity=False).hexdigest()}"'
    assert (done.status_code, done.json()) == (200, {"status": "processing"})
    assert meanwhile == {"uuid": begun["mediaUuid"], "status": "processing"}
    assert (ready["status"], ready["name"], ready["mediaType"]) == ("ready", "Beach", "image")
    assert (await stage.call("PATCH", path, {"parts": parts})).status_code == 400


async def test_parts_that_are_not_what_was_stored_are_refused(stage: FanvueStage) -> None:
    stage.server.switches.upload_part_bytes = 8
    begun = (await stage.call("POST", "/media/uploads", FILE)).json()
    one = await sent(stage, 1, FIRST, begun)
    path = f"/media/uploads/{begun['uploadId']}"
    short = await stage.call("PATCH", path, {"parts": [one]})
    two = await sent(stage, 2, SECOND, begun)
    wrong = await stage.call("PATCH", path, {"parts": [one, {**two, "ETag": one["ETag"]}]})
    again = await sent(stage, 2, SECOND, begun)  # a part may be sent once more

    assert {short.status_code, wrong.status_code} == {400}
    assert (await stage.call("PATCH", path, {"parts": [one, again]})).status_code == 200


async def test_an_address_is_for_one_part_and_a_short_while(stage: FanvueStage) -> None:
    begun = (await stage.call("POST", "/media/uploads", FILE)).json()
    path = f"/media/uploads/{begun['uploadId']}/parts/1/url"
    address = (await stage.call("GET", path)).text
    elsewhere = await put(address.replace("/1?", "/2?"), FIRST)
    stage.clock.forward(301)
    late = await put(address, FIRST)

    assert (elsewhere.status_code, late.status_code) == (403, 403)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"sizeBytes": 1_610_612_737}, "sizeBytes must be at most 1610612736"),
        ({"sizeBytes": 0}, "sizeBytes must be at least 1"),
        ({"mediaType": "archive"}, "mediaType must be one of image, video, audio, document"),
        ({"name": ""}, "name must have at least 1 characters"),
    ],
)
async def test_what_fanvue_does_not_take_is_refused_at_the_beginning(
    stage: FanvueStage, wrong: dict[str, Any], said: str
) -> None:
    status, body = refused(await stage.call("POST", "/media/uploads", {**FILE, **wrong}))

    assert (status, body) == (400, {"errors": [said]})


async def test_another_creators_upload_and_a_missing_permission_are_refused(stage: FanvueStage) -> None:
    begun = (await stage.call("POST", "/media/uploads", FILE)).json()
    path = f"/media/uploads/{begun['uploadId']}/parts/1/url"
    other = stage.token(stage.server.world.add_creator("other", "Other"))
    reader = stage.token(stage.creator, ("read:media",))

    assert (await stage.call("GET", path, headers=other)).status_code == 400
    assert (await stage.call("GET", path, headers=reader)).status_code == 403
