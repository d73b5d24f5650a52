"""Folders of a vault, and the forms of a file behind signed addresses."""

from io import BytesIO

import httpx
import pytest
from PIL import Image

from tests.sandbox.fanvue.conftest import FanvueStage


async def test_a_folder_is_listed_read_and_filters_the_vault(stage: FanvueStage) -> None:
    world = stage.server.world
    inside, outside = world.add_media(stage.creator, name="in"), world.add_media(stage.creator, name="out")
    world.add_folder(stage.creator, "Summer & sea", [inside])

    listed = (await stage.call("GET", "/vault/folders")).json()
    one = (await stage.call("GET", "/vault/folders/Summer%20%26%20sea")).json()
    rows = (await stage.call("GET", "/vault/folders/Summer%20%26%20sea/media")).json()
    filtered = {
        path: (await stage.call("GET", path, params={"folderName": "Summer & sea"})).json()["data"]
        for path in ("/media", "/v1/media")
    }

    assert [(folder["name"], folder["mediaCount"]) for folder in listed["data"]] == [("Summer & sea", 1)]
    assert one == listed["data"][0]
    assert [row["uuid"] for row in rows["data"]] == [inside.uuid]
    assert {path: [row["uuid"] for row in found] for path, found in filtered.items()} == {
        "/media": [inside.uuid],
        "/v1/media": [inside.uuid],
    }
    assert outside.uuid not in repr(filtered)


async def test_a_folder_that_is_not_there_is_404_and_holds_nothing(stage: FanvueStage) -> None:
    stage.server.world.add_media(stage.creator)

    assert (await stage.call("GET", "/vault/folders/Winter")).status_code == 404
    assert (await stage.call("GET", "/media", params={"folderName": "Winter"})).json()["data"] == []


@pytest.mark.parametrize(
    ("kind", "forms"),
    [
        ("image", {"main": (640, 800), "thumbnail": (256, 320), "blurred": (256, 320)}),
        ("video", {"thumbnail": (256, 320), "thumbnail_gallery": (256, 320), "blurred": (256, 320)}),
        ("audio", {}),
    ],
)
async def test_each_form_is_a_picture_of_the_size_that_was_told(
    stage: FanvueStage, kind: str, forms: dict[str, tuple[int, int]]
) -> None:
    media = stage.server.world.add_media(stage.creator, kind)
    query = {"variants": "main,thumbnail,blurred,thumbnail_gallery"}
    rows = (await stage.call("GET", f"/media/{media.uuid}", params=query)).json()["variants"]

    found = {}
    async with httpx.AsyncClient() as http:
        for row in rows:
            answer = await http.get(row["url"])
            if answer.headers["Content-Type"].startswith("image/"):
                with Image.open(BytesIO(answer.content)) as picture:
                    assert picture.size == (row["width"], row["height"])
                    found[row["variantType"]] = picture.size
    assert found == forms


async def test_two_files_and_two_forms_look_different(stage: FanvueStage) -> None:
    pictures = set()
    async with httpx.AsyncClient() as http:
        for _ in range(2):
            media = stage.server.world.add_media(stage.creator)
            query = {"variants": "thumbnail,blurred"}
            for row in (await stage.call("GET", f"/media/{media.uuid}", params=query)).json()["variants"]:
                pictures.add((await http.get(row["url"])).content)

    assert len(pictures) == 4
