"""What the pages of programs' drafts have in common."""

from typing import Final, TypeVar

from aiohttp import web
from pydantic import BaseModel, ValidationError

from bot.features.inbox.program_drafts.model import DraftTold, ProgramDraftRefused
from bot.features.operations.api_keys.key_door import KeyAnswer
from bot.features.operations.creator_context.service import NoSuchSubject
from bot.features.operations.operator_requests.door import NO_STORE, refused
from bot.text.safe_text import one_line
from storage.people.api_keys import ApiKeyRecord

M = TypeVar("M", bound=BaseModel)

_LONGEST: Final = 65_536  # bytes of a draft
_NAME: Final = 100  # letters of an Idempotency-Key
_TOO_LONG: Final = f"A draft has at most {_LONGEST} bytes."


async def body_of(request: web.Request, kind: type[M], not_json: str) -> M:
    """The request's JSON. Raises ProgramDraftRefused."""
    raw = await request.content.read(_LONGEST + 1)
    while len(raw) <= _LONGEST and (more := await request.content.read(_LONGEST + 1)):
        raw += more
    if len(raw) > _LONGEST:
        raise ProgramDraftRefused(413, _TOO_LONG)
    try:
        return kind.model_validate_json(raw)
    except ValidationError as wrong:
        first = wrong.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(map(str, first["loc"]))[:_NAME]
        raise ProgramDraftRefused(400, f"{where}: {first['msg']}." if where else not_json) from wrong


def once_of(request: web.Request) -> str | None:
    """The program's own name for what it asks for, so that it may ask again."""
    return one_line(request.headers.get("Idempotency-Key", ""), _NAME) or None


def made_answer(made: DraftTold, *, new: bool) -> web.Response:
    """201 for a new draft, 200 for one that was there."""
    return web.Response(
        text=made.model_dump_json(),
        status=201 if new else 200,
        content_type="application/json",
        headers=NO_STORE,
    )


def refusing(answer: KeyAnswer) -> KeyAnswer:
    """The same, with refusals in JSON."""

    async def asked(request: web.Request, key: ApiKeyRecord) -> web.StreamResponse:
        try:
            return await answer(request, key)
        except ProgramDraftRefused as error:
            return refused(error.status, str(error))
        except NoSuchSubject as error:
            return refused(404, str(error))

    return asked
