"""Views of a program: its key, its draft for a fan, and those for the team."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp

from tests.proofs.album.album_scenario import AlbumScenario, AlbumView

_KEY = re.compile(r"fbk\.[\w.-]+")
_keys: list[str] = []
_POST = "A rooftop, a red dress and no wind for once. Guess which part is true 😉"
_RULE: dict[str, Any] = {"kind": "reply", "limit": 20, "from": "22:00", "until": "21:59", "wait": 60}


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
    body = {"to": ["Subscribers"], "text": _POST, "media": [town.stage.media[2]], "price_cents": 1_200}
    await _posts(town, "mass-drafts", {**body, "at": at.isoformat()})
    return await town.post(town.alerts, "Mass message drafted by", town.luna)


async def mass_opened(town: AlbumScenario) -> AlbumView:
    """It is the presser's own draft."""
    line = await town.post(town.alerts, "Mass message drafted by", town.luna)
    return await town.click(line, "Open")


async def post_drafted(town: AlbumScenario) -> AlbumView:
    """A program's post, as it stands in the alerts channel."""
    at = (datetime.now(UTC) + timedelta(days=1)).replace(hour=20, minute=0, second=0, microsecond=0)
    body = {
        "text": _POST,
        "media": list(town.stage.media[:3]),
        "price_cents": 900,
        "preview": town.stage.media[0],
    }
    await _posts(town, "post-drafts", {**body, "at": at.isoformat(), "audience": "followers-and-subscribers"})
    return await town.post(town.alerts, "Post drafted by", town.luna)


async def post_opened(town: AlbumScenario) -> AlbumView:
    """Its preview is the presser's own."""
    return await town.click(await town.post(town.alerts, "Post drafted by", town.luna), "Open")


async def post_not_opened(town: AlbumScenario) -> AlbumView:
    """An item of it is not in the vault."""
    await _posts(town, "post-drafts", {"text": _POST, "media": ["00000000-0000-4000-8000-000000000000"]})
    return await town.click(await town.post(town.alerts, "subscribers only", town.luna), "Open")


async def template_drafted(town: AlbumScenario) -> AlbumView:
    """A program's template, as it stands in the alerts channel."""
    text = "Good morning {fan_name|sunshine}! Coffee first, or me first? ☕"
    body = {"name": "Good morning, with coffee", "text": text, "media": [town.stage.media[1]]}
    await _posts(town, "template-drafts", body)
    return await town.post(town.alerts, "Template drafted by", town.luna)


async def template_opened(town: AlbumScenario) -> AlbumView:
    """The window in which it is read."""
    line = await town.post(town.alerts, "Template drafted by", town.luna)
    _, shot = await town.form(line, "Open")
    return shot


async def autosend_asked(town: AlbumScenario) -> AlbumView:
    """What an owner reads before replies leave without a press."""
    return await town.slash(town.luna, town.lobby, "inbox autosend", **_RULE)


async def autosend_allowed(town: AlbumScenario) -> AlbumView:
    """The rule counts."""
    return await town.click(await town.slash(town.luna, town.lobby, "inbox autosend", **_RULE), "Allow")


async def autosend_draft(town: AlbumScenario) -> AlbumView:
    """A draft that says when it leaves."""
    read = str(town.stage.fans["sam_k"].chat()[-1].uuid)
    await _writes(town, "Off sick? Then stay in bed, I'm right here", price=900, answers=read)
    return await town.line("sam_k", "stay in bed")


async def _writes(town: AlbumScenario, text: str, price: int, **more: Any) -> None:
    fan, item = town.stage.fans["sam_k"], town.stage.media[0]
    body = {"text": text, "media": [item], "price_cents": price, **more}
    await _posts(town, f"fans/{fan.uuid}/drafts", body)


async def _posts(town: AlbumScenario, path: str, body: dict[str, Any]) -> None:
    settings, creator = town.stage.bridge._settings, town.stage.creator
    where = f"http://{settings['LISTEN']}/api/v1/creators/{creator.handle}/{path}"
    headers = {"Authorization": f"Bearer {_keys[-1]}"}
    async with aiohttp.ClientSession() as session, session.post(where, json=body, headers=headers) as answer:
        answer.raise_for_status()


VIEWS = (
    *(key_made, keys_listed, draft_line, draft_edited, draft_overtaken, mass_drafted, mass_opened),
    *(post_drafted, post_opened, post_not_opened, template_drafted, template_opened),
    *(autosend_asked, autosend_allowed, autosend_draft),
)
