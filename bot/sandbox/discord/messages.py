"""Making, editing and deleting messages by Discord's rules."""

from typing import Any

from bot.sandbox.discord.drafts import MessageDraft
from bot.sandbox.discord.errors import DiscordApiError, invalid
from bot.sandbox.discord.file_kinds import UNTOLD, kind_by_name
from bot.sandbox.discord.mentions import pinged_people, pings_of
from bot.sandbox.discord.message_wire import message_json
from bot.sandbox.discord.model import (
    COMPONENTS_V2,
    DM,
    EPHEMERAL,
    LOADING,
    SILENT,
    StandInAttachment,
    StandInChannel,
    StandInMessage,
    StandInUser,
)
from bot.sandbox.discord.rendered_components import media_resolver, rendered, rendered_embeds
from bot.sandbox.discord.shape import ShapeProblem
from bot.sandbox.discord.world import DiscordWorld, GatewayEvent

MAX_FILE_BYTES = 10 * 1024 * 1024
GUILD_MESSAGES, DIRECT_MESSAGES = 1 << 9, 1 << 12
NONCE_SECONDS = 180
_KEPT = SILENT | COMPONENTS_V2 | 1 << 2  # flags that a sender may set; 1 << 2 hides link previews


def same_nonce(world: DiscordWorld, author: StandInUser, body: dict[str, Any]) -> StandInMessage | None:
    """The author's message of the last minutes with this nonce, if the request asks to look."""
    nonce = body.get("nonce")
    if nonce is None or not body.get("enforce_nonce"):
        return None
    found = world.nonces.get((author.id, str(nonce)))
    recent = found is not None and found.created_at >= world.clock() - world.window(NONCE_SECONDS)
    return found if recent else None


def _attachments(
    world: DiscordWorld, draft: MessageDraft, before: StandInMessage | None
) -> list[StandInAttachment]:
    """Those kept from before and those uploaded now; a description belongs to an upload by its index."""
    said = {int(a["id"]): a for a in draft.body.get("attachments") or []}
    kept = [] if before is None else before.attachments
    if draft.body.get("attachments") is not None:
        kept = [file for file in kept if file.id in said]
    new = []
    for upload in draft.uploads:
        if len(upload.content) > MAX_FILE_BYTES:
            raise DiscordApiError(40005)
        about = said.get(upload.index, {})
        name = (about.get("filename") or upload.filename).replace("/", "_")
        kind = upload.content_type if upload.content_type != UNTOLD else kind_by_name(name)
        file = StandInAttachment(world.snowflakes.new(), name, upload.content, kind, about.get("description"))
        new.append(file)
        world.attachments[file.id] = file
    return [*kept, *new]


def _fill(
    world: DiscordWorld, message: StandInMessage, draft: MessageDraft, before: StandInMessage | None
) -> None:
    body = draft.body
    message.attachments = _attachments(world, draft, before)
    resolve = media_resolver(
        message.attachments, lambda file: world.attachment_url(draft.channel.id, file), world.snowflakes.new
    )
    if "content" in body:
        message.content = (body["content"] or "").strip()
    if "embeds" in body:
        message.embeds = rendered_embeds(body["embeds"] or [], lambda url: str(resolve(url)["url"]))
    if "components" in body:
        message.components = rendered(body["components"] or [], resolve)
    message.flags |= int(body.get("flags") or 0) & _KEPT
    if not (message.content or message.embeds or message.components or message.attachments):
        raise DiscordApiError(50006)


def create(world: DiscordWorld, draft: MessageDraft) -> StandInMessage:
    """Post a checked draft: it exists, everyone who may see it is told, and the pinged are recorded."""
    return publish(world, draft, prepare(world, draft))


def prepare(world: DiscordWorld, draft: MessageDraft) -> StandInMessage:
    """The message of a checked draft, not yet in its channel; may still be refused as empty."""
    message = StandInMessage(
        draft.message_id or world.snowflakes.new(), draft.channel.id, draft.author, world.clock()
    )
    message.flags, message.type, message.interaction = draft.flags, draft.type, draft.interaction
    message.application_id, message.viewer_id = draft.application_id, draft.viewer_id
    message.nonce, message.tts = draft.body.get("nonce"), bool(draft.body.get("tts"))
    replied = _reference(world, message, draft)
    if not message.loading:
        _fill(world, message, draft, None)
    allowed, shown = draft.body.get("allowed_mentions"), "\n".join([message.content, *message.displays()])
    message.pings = pings_of(world, draft.author, draft.channel, shown, allowed, replied)
    _note_mentions(world, message, draft)
    return message


def _note_mentions(world: DiscordWorld, message: StandInMessage, draft: MessageDraft) -> None:
    """Record a bot's message that would call whomever its text names: nobody's words decide that."""
    allowed = draft.body.get("allowed_mentions")
    if draft.author.bot and not message.loading and (allowed is None or allowed.get("parse")):
        world.ledger.add("mentions_allowed", message_id=message.id, channel_id=draft.channel.id)


def publish(world: DiscordWorld, draft: MessageDraft, message: StandInMessage) -> StandInMessage:
    """Put a prepared message into its channel."""
    world.messages.setdefault(draft.channel.id, {})[message.id] = message
    if message.nonce is not None:
        world.nonces[message.author.id, str(message.nonce)] = message
    people = [] if message.ephemeral else pinged_people(world, draft.channel, message.pings)
    if people:
        silent, where = bool(message.flags & SILENT), draft.channel.id
        world.ledger.add("ping", message_id=message.id, channel_id=where, people=people, silent=silent)
    record(world, "message_created", message)
    if not message.ephemeral:
        draft.channel.last_message_id = message.id
        tell(world, "MESSAGE_CREATE", message)
    return message


def _reference(world: DiscordWorld, message: StandInMessage, draft: MessageDraft) -> StandInMessage | None:
    wanted = draft.body.get("message_reference")
    if not wanted:
        return None
    replied = world.messages.get(draft.channel.id, {}).get(int(wanted["message_id"]))
    if replied is None:
        if wanted.get("fail_if_not_exists") is False:
            return None
        raise invalid(
            ShapeProblem(("message_reference",), "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message")
        )
    message.type = 19  # a reply
    message.reference = {"type": 0, "channel_id": str(message.channel_id), "message_id": str(replied.id)}
    if draft.channel.guild_id is not None:
        message.reference["guild_id"] = str(draft.channel.guild_id)
    return replied


def edit(world: DiscordWorld, message: StandInMessage, draft: MessageDraft) -> StandInMessage:
    """Change a message by a checked draft; an edit notifies nobody."""
    loading = message.loading
    kept = (message.flags, message.content, message.embeds, message.components, message.attachments)
    message.flags &= ~LOADING
    try:
        _fill(world, message, draft, message)
    except DiscordApiError:
        message.flags, message.content, message.embeds, message.components, message.attachments = kept
        raise
    _forget(world, [file for file in kept[-1] if file not in message.attachments])
    message.edited_at = None if loading else world.clock()
    message.versions += 1
    record(world, "message_edited", message)
    if not message.ephemeral:
        tell(world, "MESSAGE_UPDATE", message)
    return message


def delete(world: DiscordWorld, message: StandInMessage, actor_id: int) -> None:
    """Remove a message from its channel, and its files from the store."""
    message.deleted = True
    _forget(world, message.attachments)
    world.messages.get(message.channel_id, {}).pop(message.id, None)  # its thread may be gone before it
    world.ledger.add("message_deleted", message_id=message.id, channel_id=message.channel_id, by=actor_id)
    if not message.ephemeral:
        channel = world.channels[message.channel_id]
        data = {"id": str(message.id), "channel_id": str(channel.id)}
        if channel.guild_id is not None:
            data["guild_id"] = str(channel.guild_id)
        world.emit(GatewayEvent("MESSAGE_DELETE", data, _intent(channel), channel.guild_id, channel))


def _forget(world: DiscordWorld, files: list[StandInAttachment]) -> None:
    for file in files:
        world.attachments.pop(file.id, None)


def _intent(channel: StandInChannel) -> int:
    return DIRECT_MESSAGES if channel.type == DM else GUILD_MESSAGES


def tell(world: DiscordWorld, name: str, message: StandInMessage) -> None:
    """Tell the gateways about a message; its content is fixed now, not when it is read."""
    channel = world.channels[message.channel_id]
    data = message_json(world, message)
    world.emit(GatewayEvent(name, data, _intent(channel), channel.guild_id, channel, message))


def record(world: DiscordWorld, kind: str, message: StandInMessage) -> None:
    """Write a message into the ledger."""
    world.ledger.add(
        kind,
        message_id=message.id,
        channel_id=message.channel_id,
        author_id=message.author.id,
        text=message.text,
        ephemeral=bool(message.flags & EPHEMERAL),
        loading=message.loading,
        nonce=message.nonce,
        version=message.versions,
    )
