"""Views of a program: its key, its draft for a fan, and one for many."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp

from tests.proofs.album.album_scenario import AlbumScenario, AlbumView

_KEY = re.compile(r"fbk\.[\w.-]+")
_keys: list[str] = []


async def key_made(town: AlbumScenario) -> AlbumView:
    """An owner gives a program a key that writes drafts."""
    wanted = {"name": "n8n", "role": "manager", "scope": "drafts"}
    shot = await town.slash(town.luna, town.lobby, "settings keys new", **wanted)
    _keys.append(_KEY.findall(shot.words)[0])
    return shot


async def keys_listed(town: AlbumScenario) -> AlbumView:
    """Which programs have one."""
    return await town.slash(town.luna, town.lobby, "settings keys show")


async def draft_line(town: AlbumScenario) -> AlbumView:
    """A program's draft, as it stands in the thread."""
    await _writes(town, "Hey Sam! Night shift again? Here is something to make it shorter 🧡", price=900)
    return await town.line("sam_k", "Night shift again")


async def draft_edited(town: AlbumScenario) -> AlbumView:
    """The window that Edit opens."""
    _, shot = await town.form(await town.line("sam_k", "Night shift again"), "Edit")
    return shot


async def draft_overtaken(town: AlbumScenario) -> AlbumView:
    """Sam wrote while the draft stood there."""
    line = await town.line("sam_k", "Night shift again")
    await town.writes("sam_k", "never mind, I'm off sick today")
    await town.line("sam_k", "off sick today")
    return await town.click(line, "Send")


async def mass_drafted(town: AlbumScenario) -> AlbumView:
    """A program's mass message, as it stands in the alerts channel."""
    at = (datetime.now(UTC) + timedelta(days=1)).replace(hour=18, minute=0, second=0, microsecond=0)
    text = "A rooftop, a red dress and no wind for once. Guess which part is true 😉"
    body = {"to": ["Subscribers"], "text": text, "media": [town.stage.media[2]], "price_cents": 1_200}
    await _posts(town, "mass-drafts", {**body, "at": at.isoformat()})
    return await town.post(town.alerts, "Mass message drafted by", town.luna)


async def mass_opened(town: AlbumScenario) -> AlbumView:
    """It is the presser's own draft."""
    line = await town.post(town.alerts, "Mass message drafted by", town.luna)
    return await town.click(line, "Open")


async def _writes(town: AlbumScenario, text: str, price: int) -> None:
    fan, item = town.stage.fans["sam_k"], town.stage.media[0]
    await _posts(town, f"fans/{fan.uuid}/drafts", {"text": text, "media": [item], "price_cents": price})


async def _posts(town: AlbumScenario, path: str, body: dict[str, Any]) -> None:
    settings, creator = town.stage.bridge._settings, town.stage.creator
    where = f"http://{settings['LISTEN']}/api/v1/creators/{creator.handle}/{path}"
    headers = {"Authorization": f"Bearer {_keys[-1]}"}
    async with aiohttp.ClientSession() as session, session.post(where, json=body, headers=headers) as answer:
        answer.raise_for_status()


VIEWS = (key_made, keys_listed, draft_line, draft_edited, draft_overtaken, mass_drafted, mass_opened)
