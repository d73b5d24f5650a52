"""A stand-in for OpenAI's chat completions; answers follow from the questions."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

_OK = 200


@dataclass
class ModelServer:
    """It says in angle brackets what it was asked for. `says`: instead of that, whatever it is asked."""

    url: str = ""
    key: str = "sk-stand-in"
    status: int = _OK
    says: str | None = None
    raw: bytes | None = None  # instead of a whole answer
    hanging: asyncio.Event | None = None  # until it is set nobody is answered
    asked: list[dict[str, Any]] = field(default_factory=list)
    reached: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, request: web.Request) -> web.Response:
        """One question."""
        body = await request.json()
        self.asked.append(body)
        self.reached.set()
        if request.headers.get("Authorization") != f"Bearer {self.key}":
            return web.json_response({"error": {"message": "no such key"}}, status=401)
        if (hanging := self.hanging) is not None:
            await hanging.wait()
        if self.raw is not None:
            return web.Response(body=self.raw, content_type="application/json")
        if self.status != _OK:
            return web.json_response({"error": {"message": "no"}}, status=self.status)
        if not body.get("model") or [one["role"] for one in body["messages"]] != ["system", "user"]:
            return web.json_response({"error": {"message": "not understood"}}, status=400)
        said = self.says if self.says is not None else _said(*(one["content"] for one in body["messages"]))
        return web.json_response(
            {"choices": [{"index": 0, "message": {"role": "assistant", "content": said}}]}
        )

    @property
    def settings(self) -> dict[str, str]:
        """Of a bridge that may ask it."""
        return {"ASSISTANT_URL": self.url, "ASSISTANT_MODEL": "acme/stand-in-7b", "ASSISTANT_KEY": self.key}

    @property
    def heard(self) -> str:
        """Everything that it was ever handed."""
        return json.dumps(self.asked, ensure_ascii=False)


def _said(instruction: str, data: str) -> str:
    given = json.loads(data)
    if "chat" in given:
        newest = next(turn["text"] for turn in reversed(given["chat"]) if turn["from"] == "fan")
        return f"Thank you for <{newest}>"
    if "sample" in given:
        return f"like <{given['sample']}>: {given['text']}"
    return f"{instruction.partition(' into ')[2].partition('.')[0]}: <{given['text']}>"


@asynccontextmanager
async def model_server() -> AsyncIterator[ModelServer]:
    """It runs on a free port."""
    made = ModelServer()
    app = web.Application()
    app.router.add_post("/v1/chat/completions", made.answer)
    runner = web.AppRunner(app, shutdown_timeout=1.0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    try:
        yield made
    finally:
        if made.hanging is not None:
            made.hanging.set()
        await runner.cleanup()
