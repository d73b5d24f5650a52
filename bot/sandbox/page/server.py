"""The page as a server on this machine: its views, and its clicks."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.sandbox.discord.client_input import NotPossible
from bot.sandbox.discord.errors import DiscordApiError
from bot.sandbox.discord.people import DiscordPerson
from bot.sandbox.fanvue.money import NotPossibleError
from bot.sandbox.page import phones, team
from bot.sandbox.page.fanvue_log import received
from bot.sandbox.page.live_updates import ChangeBell, View, listening, stream
from bot.sandbox.page.member_actions import MemberHands
from bot.sandbox.page.request_guard import guard
from bot.sandbox.page.story import EveningStory
from bot.sandbox.page.trouble import FaultSwitches
from bot.sandbox.program import ProgramFailed
from bot.sandbox.stage import DemoStage

STATIC = Path(__file__).parent / "static"
TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
PICTURES = {"image/png", "image/jpeg", "image/gif", "image/webp"}
MOVING = {"video/mp4", "video/webm", "video/quicktime"}
SOUNDS = {"audio/mpeg", "audio/mp4", "audio/ogg", "audio/wav", "audio/x-wav", "audio/flac"}
LARGEST = 48 * 1024 * 1024  # the files that a member puts into one window, in base64
REFUSED = (NotPossible, NotPossibleError, phones.NotOnThisPhone, DiscordApiError, ProgramFailed, TimeoutError)
Json = dict[str, Any]


class DemoPage:
    """Everything that the browser can ask for."""

    def __init__(self, stage: DemoStage, bell: ChangeBell, story: EveningStory) -> None:
        self._stage, self._bell, self._story = stage, bell, story
        self._hands, self._trouble = MemberHands(stage), FaultSwitches(stage)
        self._files = {path.name: path for path in STATIC.iterdir()}

    def application(self) -> web.Application:
        app = web.Application(middlewares=[guard], client_max_size=LARGEST)
        app.add_routes(
            [
                web.get("/", self._file),
                web.get("/events", self._events),
                web.get("/picture/{number}", self._picture),
                web.get("/{name}", self._file),
                web.post("/team/{deed}", self._deed),
                web.post("/fans/{deed}", self._deed),
                web.post("/trouble/{deed}", self._deed),
                web.post("/bridge/{deed}", self._deed),
                web.post("/story/{deed}", self._deed),
            ]
        )
        return app

    async def _file(self, request: web.Request) -> web.Response:
        path = self._files.get(request.match_info.get("name", "index.html"))
        if path is None:
            raise web.HTTPNotFound
        return web.Response(body=path.read_bytes(), content_type=TYPES[path.suffix], charset="utf-8")

    async def _picture(self, request: web.Request) -> web.Response:
        """A picture, video or sound that hangs at a message; nothing else that was attached is given out."""
        number = request.match_info["number"]
        files = self._stage.discord.world.attachments
        file = files.get(int(number)) if number.isascii() and number.isdigit() else None
        if file is None or file.content_type not in PICTURES | MOVING | SOUNDS:
            raise web.HTTPNotFound
        return web.Response(body=file.content, content_type=file.content_type)

    # ── looking ──

    async def _events(self, request: web.Request) -> web.StreamResponse:
        self._story.watched()
        try:
            person = self._person(request.query.get("as", self._stage.owner.user.id))
            channel = int(request.query.get("channel", self._stage.lobby.id))
        except (KeyError, ValueError) as error:
            raise web.HTTPBadRequest from error
        fan = request.query.get("fan", "")
        return await stream(request, self._bell, lambda: self._view(person, channel, fan))

    def _view(self, person: DiscordPerson, channel: int, fan: str) -> View:
        stage = self._stage
        phone = stage.fanvue.world.fan(fan) or next(iter(stage.fans.values()))
        return {
            "team": team.server(stage, person),
            "channel": team.opened(stage, person, channel),
            "fans": phones.fans(stage),
            "phone": phones.phone(phone, stage.creator.display_name),
            "received": received(stage.fanvue.world),
            "vault": phones.vault(stage),
            "trouble": self._trouble.shown(),
            "bridge": {"state": stage.bridge.state},
            "story": self._story.shown(),
        }

    # ── doing ──

    async def _deed(self, request: web.Request) -> web.Response:
        """Carry one click out: 200 with what came back, 409 with a sentence, 400 for nonsense."""
        side, deed = request.path.split("/")[1], request.match_info["deed"]
        try:
            body = await request.json()
            if side != "story":
                self._story.touched()
            done = await getattr(self, f"_on_{side}")(deed, body)
        except REFUSED as refused:
            why = str(refused).partition("\n")[0] or "Nothing came back in time."
            return web.json_response({"error": why}, status=409)
        except (KeyError, TypeError, ValueError, AttributeError) as wrong:
            return web.json_response({"error": f"Not understood: {wrong}"}, status=400)
        return web.json_response(done or {})

    async def _on_team(self, deed: str, body: Json) -> Json:
        return await self._hands.deeds[deed](self._person(body["as"]), body)

    async def _on_fans(self, deed: str, body: Json) -> None:
        fan = self._stage.fanvue.world.fan(str(body["fan"]))
        if fan is None:
            raise KeyError("fan")
        await phones.DEEDS[deed](fan, body)

    async def _on_trouble(self, deed: str, body: Json) -> None:
        if deed == "clear":
            await self._trouble.clear()
        else:
            await self._trouble.turn(deed, on=body["on"] is True)

    async def _on_bridge(self, deed: str, _: Json) -> None:
        bridge = self._stage.bridge
        await {"start": bridge.start, "stop": bridge.stop, "kill": bridge.kill}[deed]()

    async def _on_story(self, deed: str, _: Json) -> None:
        story = self._story
        {"touch": story.touched, "pause": story.pause, "resume": story.resume}[deed]()

    def _person(self, number: object) -> DiscordPerson:
        member = self._stage.guild.members[int(str(number))]
        if member.user.bot:
            raise KeyError("a bot is nobody to act as")
        return self._stage.discord.person(member.user.id)


@asynccontextmanager
async def served(
    stage: DemoStage, story: EveningStory, bell: ChangeBell, port: int = 0
) -> AsyncIterator[str]:
    """The page's address, for as long as the context lasts."""
    app = DemoPage(stage, bell, story).application()

    async def end_streams(_: web.Application) -> None:
        bell.close()

    app.on_shutdown.append(end_streams)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=2.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        async with listening(stage, bell):
            yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    finally:
        await runner.cleanup()
