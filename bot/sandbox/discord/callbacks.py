"""An application's answers to an interaction: first answer, edits, follow-ups."""

from typing import Any

from bot.sandbox.discord import drafts, messages
from bot.sandbox.discord.errors import DiscordApiError, must_fit, wrong
from bot.sandbox.discord.interactions import (
    AUTOCOMPLETE,
    COMPONENT,
    SUBMIT,
    StandInInteraction,
    StandInInteractions,
)
from bot.sandbox.discord.message_wire import message_json
from bot.sandbox.discord.model import EPHEMERAL, LOADING, StandInMessage
from bot.sandbox.discord.shape import (
    AnythingShape,
    BitsShape,
    ChoiceShape,
    FlagShape,
    FormShape,
    ListShape,
    TextShape,
    form,
)
from bot.sandbox.discord.window_components import WINDOW, window_problems
from bot.sandbox.discord.world import DiscordWorld

REPLY, DEFER, DEFER_UPDATE, UPDATE, CHOICES, SHOW_MODAL = 4, 5, 6, 7, 8, 9
_TOP = form(
    "type",
    type=ChoiceShape((1, REPLY, DEFER, DEFER_UPDATE, UPDATE, CHOICES, SHOW_MODAL), null=False),
    data=AnythingShape(),
    null=False,
)
_DEFER = form("", flags=BitsShape(), tts=FlagShape())
_CHOICE = form(
    "name value",
    name=TextShape(100, 1, null=False),
    value=AnythingShape(),
    name_localizations=AnythingShape(),
    null=False,
)
_CHOICES = form("", choices=ListShape(_CHOICE, 25))
FOLLOWUP = FormShape({**drafts.BODY.fields, "thread_id": AnythingShape()}, null=False)


def answer(
    world: DiscordWorld,
    interactions: StandInInteractions,
    ids: tuple[int, str],
    body: dict[str, Any],
    uploads: list[drafts.MultipartUpload],
) -> StandInInteraction:
    """The first answer; refused when it is late, a second one, or of a kind that does not belong here."""
    must_fit(_TOP, body)
    made = interactions.unanswered(*ids)
    kind = body["type"]
    _belongs(made, kind)
    data = body.get("data") or {}
    if kind == CHOICES:
        must_fit(_CHOICES, data)
        made.choices = list(data.get("choices") or [])
    elif kind == SHOW_MODAL:
        must_fit(WINDOW, data)
        must_fit(AnythingShape(), data, window_problems(data["components"]))
        made.modal = data
    elif kind == UPDATE:
        assert made.source is not None
        drafts.check(data, made.source, drafts.BODY, ("data",))
        draft = drafts.MessageDraft(made.application.user, made.channel, data, uploads)
        made.original = messages.edit(world, made.source, draft)
    elif kind == DEFER_UPDATE:
        made.original = made.source
    else:
        made.original = _first_message(world, made, kind, data, uploads)
    made.callback, made.answered_at = kind, world.clock()
    message_id = None if made.original is None else made.original.id
    world.ledger.add("answer", interaction_id=made.id, type=kind, name=made.name, message_id=message_id)
    return made


def _belongs(made: StandInInteraction, kind: int) -> None:
    if made.type == AUTOCOMPLETE:
        fits = kind == CHOICES
    elif kind == DEFER_UPDATE:
        fits = made.type in {COMPONENT, SUBMIT}  # a form that no button opened just closes
    elif kind == UPDATE:
        fits = made.source is not None and made.type in {COMPONENT, SUBMIT}
    elif kind == SHOW_MODAL:
        fits = made.type != SUBMIT
    else:
        fits = kind in {REPLY, DEFER}
    if not fits:
        raise wrong(
            "type", "INTERACTION_CALLBACK_INVALID_TYPE", "This interaction cannot be answered with this type"
        )


def _first_message(
    world: DiscordWorld,
    made: StandInInteraction,
    kind: int,
    data: dict[str, Any],
    uploads: list[drafts.MultipartUpload],
) -> StandInMessage:
    if kind == DEFER:
        must_fit(_DEFER, data)
        flags = LOADING | int(data.get("flags") or 0) & EPHEMERAL
        return messages.create(world, _draft(made, {}, [], flags))
    drafts.check(data, None, drafts.BODY, ("data",))
    return messages.create(world, _draft(made, data, uploads, int(data.get("flags") or 0) & EPHEMERAL))


def _draft(
    made: StandInInteraction, data: dict[str, Any], uploads: list[drafts.MultipartUpload], flags: int
) -> drafts.MessageDraft:
    draft = drafts.MessageDraft(made.application.user, made.channel, data, uploads, flags=flags)
    draft.type = {1: 20, 2: 23, 3: 23}.get(made.command_type or 0, 0)  # "used /command", "used a menu"
    draft.application_id, draft.interaction = made.application.id, made.metadata
    draft.viewer_id = made.user.id if flags & EPHEMERAL else None
    return draft


def callback_json(world: DiscordWorld, made: StandInInteraction) -> dict[str, Any]:
    """The answer to `with_response`."""
    about: dict[str, Any] = {"id": str(made.id), "type": made.type}
    about["channel_id"] = str(made.channel.id)
    if made.channel.guild_id is not None:
        about["guild_id"] = str(made.channel.guild_id)
    if made.original is not None:
        about |= {
            "response_message_id": str(made.original.id),
            "response_message_loading": made.original.loading,
        }
        about |= {"response_message_ephemeral": made.original.ephemeral}
    answer: dict[str, Any] = {"interaction": about}
    if made.callback in {REPLY, UPDATE} and made.original is not None:
        answer["resource"] = {"type": made.callback, "message": message_json(world, made.original)}
    return answer


def find(made: StandInInteraction, which: str) -> StandInMessage:
    """A message of this interaction: `@original` or a follow-up by id."""
    candidates = [made.original] if which == "@original" else [made.original, *made.followups]
    for message in candidates:
        if message is not None and not message.deleted and which in {"@original", str(message.id)}:
            return message
    raise DiscordApiError(10008)


def edit(
    world: DiscordWorld,
    made: StandInInteraction,
    which: str,
    body: dict[str, Any],
    uploads: list[drafts.MultipartUpload],
) -> StandInMessage:
    """Change an answer; an edit of "is thinking…" makes it a message."""
    message = find(made, which)
    drafts.check(body, message, drafts.BODY)
    edited = messages.edit(
        world, message, drafts.MessageDraft(made.application.user, made.channel, body, uploads)
    )
    world.ledger.add("answer_edited", interaction_id=made.id, name=made.name, message_id=edited.id)
    return edited


def follow_up(
    world: DiscordWorld, made: StandInInteraction, body: dict[str, Any], uploads: list[drafts.MultipartUpload]
) -> StandInMessage:
    """One more message; the first one after a deferral takes the place of "is thinking…"."""
    original = made.original
    if original is not None and original.loading and not original.deleted:
        drafts.check(body, original, FOLLOWUP)
        return edit(world, made, "@original", {k: v for k, v in body.items() if k != "thread_id"}, uploads)
    drafts.check(body, None, FOLLOWUP)
    draft = _draft(made, body, uploads, int(body.get("flags") or 0) & EPHEMERAL)
    message = messages.create(world, draft)
    made.followups.append(message)
    world.ledger.add("followup", interaction_id=made.id, name=made.name, message_id=message.id)
    return message


def delete(world: DiscordWorld, made: StandInInteraction, which: str) -> None:
    messages.delete(world, find(made, which), made.application.user.id)
