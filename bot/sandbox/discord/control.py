"""The control page of a stand-in that runs alone: ledger, world, faults, people."""

from collections.abc import Callable
from typing import Any

from aiohttp import web

from bot.sandbox.discord import reactions
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.client_input import NotPossible
from bot.sandbox.discord.contract import DiscordContractError
from bot.sandbox.discord.errors import DiscordApiError
from bot.sandbox.discord.faults import DiscordFaults
from bot.sandbox.discord.message_wire import message_json
from bot.sandbox.discord.model import StandInMessage
from bot.sandbox.discord.people import DiscordPerson
from bot.sandbox.discord.wire import channel_json, guild_json, member_json, thread_json
from bot.sandbox.discord.world import DiscordWorld

WAIT_SECONDS = 20.0


class DiscordControlPage:
    """Everything below /_sandbox, which no client of Discord knows."""

    def __init__(
        self,
        world: DiscordWorld,
        faults: DiscordFaults,
        contract_errors: list[DiscordContractError],
        person: Callable[[int], DiscordPerson],
    ) -> None:
        """Answers of people are kept here, to be asked for later."""
        self._world, self._faults, self._errors, self._person = world, faults, contract_errors, person
        self._answers: dict[tuple[int, int], InteractionAnswer] = {}

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one request of the page."""
        parts = request.path.split("/")[2:]
        try:
            body = await request.json() if request.method == "POST" else {}
            answer = await self._answered(request.method, parts, body)
        except (KeyError, TypeError, ValueError) as wrong:
            return web.json_response({"error": f"{type(wrong).__name__}: {wrong}"}, status=400)
        except (NotPossible, DiscordApiError) as refused:
            return web.json_response({"error": str(refused)}, status=409)
        if answer is None:
            return web.json_response({"error": "there is no such page"}, status=404)
        return web.json_response(answer)

    async def _answered(self, method: str, parts: list[str], body: dict[str, Any]) -> Any:
        match method, parts:
            case "GET", ["ledger"]:
                return [entry.json() for entry in self._world.ledger]
            case "GET", ["world"]:
                return self._everything()
            case "GET", ["contract-errors"]:
                return [
                    {"side": e.side, "method": e.method, "path": e.path, "problem": e.problem}
                    for e in self._errors
                ]
            case "POST", ["faults"]:
                self._faults.from_json(body)
                return {"ok": True}
            case "POST", ["people", user, deed]:
                return await self._deed(int(user), deed, body)
            case "GET", ["people", user, "answers", number]:
                answer = self._answers.get((int(user), int(number)))
                return None if answer is None else answer.json()
            case "GET", ["people", user, "channels", number]:
                return [message_json(self._world, m) for m in self._person(int(user)).read(int(number))]
        return None

    async def _deed(self, user_id: int, deed: str, body: dict[str, Any]) -> Any:
        person = self._person(user_id)
        if deed == "say":
            message = await person.say(int(body["channel"]), str(body["text"]))
            return message_json(self._world, message)
        if deed == "react":
            reactions.add(self._world, self._message(body), user_id, str(body["emoji"]))
            return {"ok": True}
        if deed == "autocomplete":
            where = (self._guild(body), int(body["channel"]), str(body["command"]))
            typed = (str(body["option"]), str(body.get("typed", "")))
            return await person.autocomplete(*where, *typed, **body.get("options", {}))
        answer = await self._asked(person, deed, body)
        if answer is None:
            return None
        self._answers[user_id, answer.id] = answer
        if body.get("wait", True):
            await answer.done(WAIT_SECONDS)
        return answer.json()

    async def _asked(
        self, person: DiscordPerson, deed: str, body: dict[str, Any]
    ) -> InteractionAnswer | None:
        if deed == "slash":
            options = body.get("options", {})
            return await person.slash(
                self._guild(body), int(body["channel"]), str(body["command"]), **options
            )
        if deed == "click":
            return await person.click(self._message(body), str(body["which"]))
        if deed == "choose":
            return await person.choose(self._message(body), str(body["which"]), *body["values"])
        if deed == "menu":
            return await person.menu(self._message(body), str(body["name"]))
        if deed == "submit":
            return await person.submit(self._answers[person.user.id, int(body["answer"])], body["fields"])
        return None

    def _guild(self, body: dict[str, Any]) -> int | None:
        return self._world.channel(int(body["channel"])).guild_id

    def _message(self, body: dict[str, Any]) -> StandInMessage:
        return self._world.messages[int(body["channel"])][int(body["message"])]

    def _everything(self) -> dict[str, Any]:
        world = self._world
        guilds = [
            {**guild_json(g), "members": [member_json(m) for m in g.members.values()]}
            for g in world.guilds.values()
        ]
        places = [thread_json(c, c.thread) if c.thread else channel_json(c) for c in world.channels.values()]
        messages = {
            str(where): [message_json(world, m) for m in found.values()]
            for where, found in world.messages.items()
        }
        commands = [command for found in world.commands.values() for command in found]
        return {"guilds": guilds, "channels": places, "messages": messages, "commands": commands}
