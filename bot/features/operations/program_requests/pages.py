"""What the pages of programs have in common: bodies, names of requests, refusals."""

from collections.abc import Awaitable, Callable
from typing import Final, ParamSpec, TypeVar

from aiohttp import web
from pydantic import BaseModel, ValidationError

from bot.features.operations.creator_context.service import NoSuchSubject
from bot.features.operations.operator_requests.door import NO_STORE, refused
from bot.features.operations.program_requests.refusals import ProgramRefused
from bot.text.safe_text import one_line

P = ParamSpec("P")
M = TypeVar("M", bound=BaseModel)

_LONGEST: Final = 65_536  # bytes
_NAME: Final = 100  # letters of an Idempotency-Key, and of the place where a body is wrong


async def body_of(request: web.Request, kind: type[M], not_json: str, *, longest: int = _LONGEST) -> M:
    """The request's JSON. Raises ProgramRefused."""
    raw = await request.content.read(longest + 1)
    while len(raw) <= longest and (more := await request.content.read(longest + 1)):
        raw += more
    if len(raw) > longest:
        raise ProgramRefused(413, f"Send at most {longest} bytes.")
    try:
        return kind.model_validate_json(raw)
    except ValidationError as wrong:
        first = wrong.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(map(str, first["loc"]))[:_NAME]
        raise ProgramRefused(400, f"{where}: {first['msg']}." if where else not_json) from wrong


def once_of(request: web.Request) -> str | None:
    """The program's own name for what it asks for, so that it may ask again."""
    return one_line(request.headers.get("Idempotency-Key", ""), _NAME) or None


def made_answer(made: BaseModel, *, new: bool) -> web.Response:
    """201 for what is new, 200 for what was there."""
    return json_answer(made.model_dump_json(), 201 if new else 200)


def json_answer(text: str, status: int) -> web.Response:
    """JSON that nobody on the way keeps."""
    return web.Response(text=text, status=status, content_type="application/json", headers=NO_STORE)


def refusing(
    answer: Callable[P, Awaitable[web.StreamResponse]],
) -> Callable[P, Awaitable[web.StreamResponse]]:
    """The same page, with refusals in JSON."""

    async def asked(*args: P.args, **kwargs: P.kwargs) -> web.StreamResponse:
        try:
            return await answer(*args, **kwargs)
        except ProgramRefused as error:
            return refused(error.status, str(error))
        except NoSuchSubject as error:
            return refused(404, str(error))

    return asked
