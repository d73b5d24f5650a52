"""Items of the vault, what their addresses give, and their pictures."""

import asyncio
import re
from dataclasses import dataclass, field
from html import unescape
from io import BytesIO
from typing import Any

from PIL import Image

from bot.sandbox.discord.channels import tell
from bot.sandbox.discord.model import FORUM
from bot.sandbox.fanvue.records import MediaRecord
from bot.sandbox.fanvue.vault import ServedFile
from tests.features.people.team_page.page_scenario import MemberBrowser, PageAnswer, PagePicture, PageScenario
from tests.proofs.faults.live_bridge import PATIENCE

_SHOT = re.compile(r'<img class="shot" src="([^"]+)" alt="([^"]+)" [^>]*loading="lazy"')


@dataclass
class PictureScenario(PageScenario):
    """What somebody sees of the vault in their browser."""

    added: list[MediaRecord] = field(default_factory=list)

    def add(self, name: str | None, kind: str = "image", *lacks: str, status: str = "ready") -> MediaRecord:
        """A new item, of which some forms were never made."""
        world = self.house.stage.fanvue.world
        made = world.add_media(self.house.stage.creator, kind, status, name)
        world.lacking[made.uuid] = frozenset(lacks)
        self.added.append(made)
        return made

    def left(self) -> None:
        """The vault is as it was, and nothing goes wrong any more."""
        self.house.stage.fanvue.faults.clear()
        for made in self.added:
            del self.house.stage.fanvue.world.media[made.uuid]

    def serve(self, item: MediaRecord, content: bytes, kind: str, moved_to: str = "") -> None:
        """Its addresses give this from now on."""
        self.house.stage.fanvue.world.served[item.uuid] = ServedFile(content, kind, moved_to)

    def of(self, item: MediaRecord) -> str:
        """The page's own address of its picture."""
        return self.at(f"vault/{item.uuid}.jpg")

    def shots(self, page: PageAnswer) -> dict[str, str]:
        """The pictures on a page that a browser fetches once they come into sight, and their words."""
        return {unescape(where): unescape(words) for where, words in _SHOT.findall(page.source)}

    def fetched(self, item: MediaRecord) -> list[str]:
        """Which forms of an item were given out by the store."""
        of = self.house.stage.fanvue.ledger.of("file")
        return [one["variant"] for one in of if one["uuid"] == str(item.uuid) and one["given"]]

    async def restricts(self, browser: MemberBrowser, *, adults: bool) -> PageAnswer:
        """Somebody changes on Discord for whom the creator's forum is; the vault, once the page knows."""
        world = self.house.stage.discord.world
        (forum,) = [one for one in world.channels.values() if one.type == FORUM]
        forum.nsfw = adults
        tell(world, "CHANNEL_UPDATE", forum)
        page = await browser.get(self.at("vault") + "?search=img_4711")
        async with asyncio.timeout(PATIENCE):
            while bool(self.shots(page)) is not adults:
                page = await browser.get(self.at("vault") + "?search=img_4711")
        return page

    def away(self, kind: Any = "error_before", **how: Any) -> None:
        """Fanvue's store does not give files out."""
        self.house.stage.fanvue.faults.add(kind, "GET", "/_media/", count=None, **how)


def size_of(picture: PagePicture) -> tuple[int, int]:
    """In pixels; it is a JPEG without anything else from its file."""
    assert (picture.status, picture.kind) == (200, "image/jpeg")
    with Image.open(BytesIO(picture.content)) as found:
        assert found.format == "JPEG"
        assert dict(found.getexif()) == {}
        return found.size


def png(width: int, height: int, **more: Any) -> bytes:
    """A picture of one colour."""
    out = BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, "PNG", **more)
    return out.getvalue()


def is_nothing(picture: PagePicture) -> bool:
    """One pixel that nobody sees, and no word of why."""
    with Image.open(BytesIO(picture.content)) as found:
        seen = found.convert("RGBA").getpixel((0, 0))
        return (picture.kind, found.size, seen) == ("image/png", (1, 1), (0, 0, 0, 0))
