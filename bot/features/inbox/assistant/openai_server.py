"""Asks a server that speaks OpenAI's chat completions, as many programs do."""

import asyncio
import json
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, Final

import aiohttp

from bot.egress.sessions import outgoing_session
from bot.features.inbox.assistant import prompts, texts
from bot.features.inbox.assistant.model import AssistantUnavailable, ChatTurn
from bot.model.language import tr
from bot.text.safe_text import plain

_SECONDS: Final = 60.0  # a small machine thinks for a while, and its asker sees that it does
_AT_ONCE: Final = 4
_LONGEST_ANSWER: Final = 200_000  # bytes
_REFUSED_KEY: Final = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})
_BUSY: Final = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})


class OpenAiServer:
    """A `Translator` and a `Drafter`. Nothing of what it is asked or answers is logged or kept."""

    def __init__(
        self, url: str, *, model: str, key: str = "", seconds: float = _SECONDS, most: int = _AT_ONCE
    ) -> None:
        """`url`: as the server's manual has it, mostly with `/v1` at its end. `most`: questions at once."""
        self._url = f"{url}/chat/completions"
        self._model = model
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._seconds = seconds
        self._room = asyncio.Semaphore(most)
        self._session: aiohttp.ClientSession | None = None

    async def translate(self, text: str, language: str) -> str:
        return await self._answer(*prompts.translating(text, language))

    async def translate_like(self, text: str, sample: str) -> str:
        return await self._answer(*prompts.translating_like(text, sample))

    async def draft(self, chat: Sequence[ChatTurn]) -> str:
        return await self._answer(*prompts.drafting(chat))

    async def close(self) -> None:
        """At the end of the process."""
        if self._session is not None:
            await self._session.close()

    async def _answer(self, instruction: str, data: str) -> str:
        if self._room.locked():
            raise AssistantUnavailable(tr(texts.BUSY))
        async with self._room:
            try:
                async with asyncio.timeout(self._seconds):
                    said = await self._asked(instruction, data)
            except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
                raise AssistantUnavailable(tr(texts.NO_ANSWER)) from error
        if not said:
            raise AssistantUnavailable(tr(texts.NO_ANSWER))
        return said

    async def _asked(self, instruction: str, data: str) -> str:
        body = {
            "model": self._model,
            "messages": [
                {"role": "system", "content": instruction},
                {"role": "user", "content": data},
            ],
        }
        async with self._opened().post(
            self._url, json=body, headers=self._headers, allow_redirects=False
        ) as answer:
            if answer.status in _REFUSED_KEY:
                raise AssistantUnavailable(tr(texts.KEY_REFUSED))
            if answer.status in _BUSY:
                raise AssistantUnavailable(tr(texts.BUSY))
            if answer.status != HTTPStatus.OK:
                raise AssistantUnavailable(tr(texts.REFUSED, status=answer.status))
            return _text_of(json.loads(await _bounded(answer.content)))

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:  # a bridge whose team never asks pays nothing for it
            self._session = outgoing_session((self._url,), timeout=aiohttp.ClientTimeout(total=self._seconds))
        return self._session


async def _bounded(content: aiohttp.StreamReader) -> bytes:
    """Raises ValueError for an answer that is far too long."""
    read = bytearray()
    async for piece in content.iter_any():
        read += piece
        if len(read) > _LONGEST_ANSWER:
            raise ValueError("the answer is too long")
    return bytes(read)


def _text_of(body: Any) -> str:
    """Raises ValueError where there is no text: of other fields nothing is asked."""
    try:
        said = body["choices"][0]["message"]["content"]
    except (LookupError, TypeError) as error:
        raise ValueError("no choice in the answer") from error
    if not isinstance(said, str):
        raise ValueError("a choice without a text")  # noqa: TRY004 - what the caller collects
    return plain(said).strip()
