"""A member's clicks, as far as their own Discord client lets them."""

import base64
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.client_input import FILE
from bot.sandbox.discord.model import StandInMessage, walk
from bot.sandbox.discord.people import DiscordPerson
from bot.sandbox.discord.window_components import FILE_UPLOAD
from bot.sandbox.page.team import opened
from bot.sandbox.stage import DemoStage

Json = dict[str, Any]
FIRST_ANSWER = 10.0  # seconds; the stand-in itself gives the bridge less and then calls it failed
KEPT = 50  # forms that may still be sent


class MemberHands:
    """The members' hands on this stage; forms that the bridge opened wait here to be sent."""

    def __init__(self, stage: DemoStage) -> None:
        self._stage = stage
        self._forms: OrderedDict[str, InteractionAnswer] = OrderedDict()
        self.deeds: dict[str, Callable[[DiscordPerson, Json], Awaitable[Json]]] = {
            "say": self._say,
            "slash": self._slash,
            "autocomplete": self._autocomplete,
            "click": self._click,
            "choose": self._choose,
            "submit": self._submit,
        }

    async def _say(self, person: DiscordPerson, body: Json) -> Json:
        await person.say(int(body["channel"]), str(body["text"]))
        return {}

    async def _slash(self, person: DiscordPerson, body: Json) -> Json:
        channel, command = int(body["channel"]), str(body["command"])
        options = self._typed(person, channel, command, body["options"])
        return await self._seen(await person.slash(self._stage.guild, channel, command, **options))

    async def _autocomplete(self, person: DiscordPerson, body: Json) -> Json:
        channel, command = int(body["channel"]), str(body["command"])
        asked = (command, str(body["option"]), str(body["typed"]))
        others = {name: value for name, value in body["options"].items() if name != body["option"]}
        options = self._typed(person, channel, command, others)
        return {"choices": await person.autocomplete(self._stage.guild, channel, *asked, **options)}

    async def _click(self, person: DiscordPerson, body: Json) -> Json:
        return await self._seen(await person.click(self._message(person, body), str(body["which"])))

    async def _choose(self, person: DiscordPerson, body: Json) -> Json:
        values = [str(value) for value in body["values"]]
        message = self._message(person, body)
        return await self._seen(await person.choose(message, str(body["which"]), *values))

    async def _submit(self, person: DiscordPerson, body: Json) -> Json:
        form = self._forms[str(body["form"])]
        seen = await self._seen(await person.submit(form, _filled(form.modal or {}, body["fields"])))
        self._forms.pop(str(body["form"]), None)
        return seen

    async def _seen(self, answer: InteractionAnswer) -> Json:
        """The first answer; later ones are seen in the channel."""
        await answer.first(FIRST_ANSWER)
        if answer.modal is None:
            return {"state": answer.state}
        self._forms[str(answer.id)] = answer
        while len(self._forms) > KEPT:
            self._forms.popitem(last=False)
        return {"state": "modal", "form": str(answer.id), "modal": answer.modal}

    def _message(self, person: DiscordPerson, body: Json) -> StandInMessage | None:
        wanted = int(body["message"])
        return next((m for m in person.read(int(body["channel"])) if m.id == wanted), None)

    def _typed(self, person: DiscordPerson, channel: int, command: str, options: Json) -> Json:
        """The values as a client sends them: an uploaded file is its name and its bytes."""
        place = opened(self._stage, person, channel) or {"commands": []}
        known: list[Json] = next((c["options"] for c in place["commands"] if c["name"] == command), [])
        files = {option["name"] for option in known if option["type"] == FILE}
        return {
            name: (str(value["name"]), base64.b64decode(value["content"])) if name in files else value
            for name, value in options.items()
        }


def _filled(modal: Json, fields: Json) -> Json:
    """The fields as a client sends them: each uploaded file is its name and its bytes."""
    uploads = {part["custom_id"] for part in walk(modal.get("components", [])) if part["type"] == FILE_UPLOAD}
    return {
        name: [(str(file["name"]), base64.b64decode(file["content"])) for file in value]
        if name in uploads
        else value
        for name, value in fields.items()
    }
