"""Forum posts and threads: made, changed, written in, deleted."""

from datetime import datetime, timedelta
from typing import Any

from bot.sandbox.discord import active_threads, drafts, messages
from bot.sandbox.discord import permissions as may
from bot.sandbox.discord.channels import DURATIONS, GUILDS, count_rename
from bot.sandbox.discord.errors import DiscordApiError, ResourceRateLimited, must_fit, wrong
from bot.sandbox.discord.model import (
    FORUM,
    HAS_THREAD,
    PRIVATE_THREAD,
    PUBLIC_THREAD,
    TEXT,
    StandInChannel,
    StandInMessage,
    StandInUser,
    ThreadState,
)
from bot.sandbox.discord.shape import (
    AnythingShape,
    BitsShape,
    ChoiceShape,
    FlagShape,
    FormShape,
    IdShape,
    ListShape,
    NumberShape,
    TextShape,
    form,
)
from bot.sandbox.discord.wire import thread_json
from bot.sandbox.discord.world import DiscordWorld, GatewayEvent

REQUIRE_TAG = 1 << 4
MAX_TAGS = 5
_NAME: dict[str, Any] = {"name": TextShape(100, 1, null=False)}
_SET: dict[str, Any] = {
    "auto_archive_duration": ChoiceShape(DURATIONS),
    "rate_limit_per_user": NumberShape(0, 21600),
}
_TAGS: dict[str, Any] = {"applied_tags": ListShape(IdShape(null=False), MAX_TAGS)}
POST = FormShape(
    {**_NAME, **_SET, **_TAGS, "message": AnythingShape(), "type": ChoiceShape((PUBLIC_THREAD,))},
    frozenset(["name", "message"]),
    null=False,
)
PLAIN = FormShape(
    {**_NAME, **_SET, "type": ChoiceShape((10, PUBLIC_THREAD, PRIVATE_THREAD)), "invitable": FlagShape()},
    frozenset(["name"]),
    null=False,
)
MODIFY = form(
    "",
    **_NAME,
    **_SET,
    **_TAGS,
    archived=FlagShape(),
    locked=FlagShape(),
    invitable=FlagShape(),
    flags=BitsShape(),
    null=False,
)
_OWNER_MAY = {"name", "archived", "auto_archive_duration", "applied_tags"}


def post(
    world: DiscordWorld,
    forum: StandInChannel,
    author: StandInUser,
    body: dict[str, Any],
    uploads: list[drafts.MultipartUpload],
) -> tuple[StandInChannel, StandInMessage]:
    """A forum post: a thread and its first message, which has the thread's id."""
    must_fit(POST, body)
    drafts.check(body["message"], None, drafts.BODY, ("message",))
    world.need(author.id, forum, may.SEND_MESSAGES)
    tags = _tags(world, forum, author.id, body.get("applied_tags") or [], [])
    if forum.flags & REQUIRE_TAG and not tags:
        raise DiscordApiError(40067)
    thread = _open(world, forum, author, body)
    assert thread.thread is not None
    thread.thread.applied_tags = tags
    draft = drafts.MessageDraft(author, thread, body["message"], uploads, message_id=thread.id)
    try:
        first = messages.prepare(world, draft)
    except DiscordApiError:
        del world.channels[thread.id]
        raise
    _announce(world, thread, author)
    return thread, messages.publish(world, draft, first)


def start(
    world: DiscordWorld,
    parent: StandInChannel,
    author: StandInUser,
    body: dict[str, Any],
    message: StandInMessage | None = None,
) -> StandInChannel:
    """Start a thread in a text channel: on a message, with its id, or alone: private unless said."""
    must_fit(PLAIN, body)
    private = message is None and (body.get("type") or PRIVATE_THREAD) == PRIVATE_THREAD
    world.need(author.id, parent, may.CREATE_PRIVATE_THREADS if private else may.CREATE_PUBLIC_THREADS)
    if message is not None and message.id in world.channels:
        raise DiscordApiError(160004)
    kind = PRIVATE_THREAD if private else PUBLIC_THREAD
    thread = _open(world, parent, author, body, kind, None if message is None else message.id)
    _announce(world, thread, author)
    if message is not None:
        message.flags |= HAS_THREAD
        messages.tell(world, "MESSAGE_UPDATE", message)
    return thread


def _open(
    world: DiscordWorld,
    parent: StandInChannel,
    author: StandInUser,
    body: dict[str, Any],
    kind: int = PUBLIC_THREAD,
    thread_id: int | None = None,
) -> StandInChannel:
    if parent.type not in {TEXT, FORUM}:
        raise DiscordApiError(50024)
    active_threads.make_sure_of_room(world, parent.guild_id or 0)
    slow(world, parent, author.id)
    now = world.clock()
    minutes = body.get("auto_archive_duration") or parent.default_auto_archive or 4320
    state = ThreadState(author.id, now, now, now, minutes, members={author.id: now})
    state.invitable = body.get("invitable") is not False
    number = thread_id or world.snowflakes.new()
    thread = StandInChannel(number, kind, body["name"], parent.guild_id, parent.id, thread=state)
    limit = body.get("rate_limit_per_user")
    thread.rate_limit_per_user = parent.default_thread_rate_limit if limit is None else limit
    world.channels[thread.id] = thread
    active_threads.count(world, thread)
    parent.last_message_id = thread.id if parent.type == FORUM else parent.last_message_id
    return thread


def _announce(world: DiscordWorld, thread: StandInChannel, author: StandInUser) -> None:
    assert thread.thread is not None
    data = {**thread_json(thread, thread.thread), "newly_created": True}
    world.emit(GatewayEvent("THREAD_CREATE", data, GUILDS, thread.guild_id, thread))
    world.ledger.add(
        "thread_created",
        thread_id=thread.id,
        parent_id=thread.parent_id,
        name=thread.name,
        by=author.id,
        tags=list(thread.thread.applied_tags),
    )


def _tags(
    world: DiscordWorld, forum: StandInChannel, actor_id: int, wanted: list[Any], before: list[int]
) -> list[int]:
    known = {tag.id: tag for tag in forum.tags}
    chosen = list(dict.fromkeys(int(tag) for tag in wanted))
    if any(tag not in known for tag in chosen):
        raise wrong("applied_tags", "INVALID_FORUM_TAG", "One or more of the applied tags does not exist")
    moves = {tag for tag in {*chosen, *before} if (tag in chosen) != (tag in before) and tag in known}
    if any(known[tag].moderated for tag in moves):
        world.need(actor_id, forum, may.MANAGE_THREADS)
    return chosen


def modify(
    world: DiscordWorld, channel: StandInChannel, actor_id: int, body: dict[str, Any]
) -> StandInChannel:
    """Change a thread: its owner may rename, archive and tag it, the rest is for those who manage threads."""
    must_fit(MODIFY, body)
    thread = channel.thread
    assert thread is not None
    rights = world.permissions(actor_id, channel)
    world.need(actor_id, channel, 0)
    manages = bool(rights & may.MANAGE_THREADS)
    _check_rights(thread, actor_id, body, manages=manages, writes=bool(rights & may.SEND_IN_THREADS))
    if thread.archived and body.get("archived") is not False:
        raise DiscordApiError(50083)
    tags = None
    if body.get("applied_tags") is not None:
        forum = world.channels[channel.parent_id or 0]
        tags = _tags(world, forum, actor_id, body["applied_tags"], thread.applied_tags)
    if thread.archived and body.get("archived") is False:
        active_threads.make_sure_of_room(world, channel.guild_id or 0)
    if "name" in body and body["name"] != channel.name:
        count_rename(world, channel)
        channel.name = body["name"]
    thread.applied_tags = thread.applied_tags if tags is None else tags
    _set(world, channel, thread, body)
    world.ledger.add(
        "thread_updated",
        thread_id=channel.id,
        by=actor_id,
        name=channel.name,
        archived=thread.archived,
        locked=thread.locked,
        tags=list(thread.applied_tags),
    )
    active_threads.tell(world, channel)
    return channel


def _check_rights(
    thread: ThreadState, actor_id: int, body: dict[str, Any], *, manages: bool, writes: bool
) -> None:
    if manages:
        return
    reopens = set(body) == {"archived"} and body["archived"] is False and not thread.locked
    owner = actor_id == thread.owner_id and set(body) <= _OWNER_MAY and not thread.locked
    if not (owner or (reopens and writes)):
        raise DiscordApiError(50013)


def _set(world: DiscordWorld, channel: StandInChannel, thread: ThreadState, body: dict[str, Any]) -> None:
    if body.get("locked") is not None:
        thread.locked = body["locked"]
    if body.get("invitable") is not None:
        thread.invitable = body["invitable"]
    if body.get("auto_archive_duration") is not None:
        thread.auto_archive_minutes = body["auto_archive_duration"]
        world.idle_from = world.clock()
    if body.get("rate_limit_per_user") is not None:
        channel.rate_limit_per_user = body["rate_limit_per_user"]
    if body.get("flags") is not None:
        channel.flags = int(body["flags"])
    if body.get("archived") is not None and body["archived"] != thread.archived:
        active_threads.flip(world, channel, thread, archived=body["archived"])


def before_posting(world: DiscordWorld, channel: StandInChannel, author_id: int) -> None:
    """A locked thread refuses, a resting one wakes up, a full server refuses; then slowmode."""
    thread = channel.thread
    if thread is not None:
        if thread.locked and not world.permissions(author_id, channel) & may.MANAGE_THREADS:
            raise DiscordApiError(160005)
        if thread.archived:
            active_threads.make_sure_of_room(world, channel.guild_id or 0)
            active_threads.flip(world, channel, thread, archived=False)
            world.ledger.add("thread_woken", thread_id=channel.id, by=author_id)
            active_threads.tell(world, channel)
    slow(world, channel, author_id)


def after_posting(world: DiscordWorld, channel: StandInChannel) -> None:
    """Count a message of a thread; it keeps the thread active."""
    if channel.thread is not None:
        channel.thread.active_at = world.clock()
        channel.thread.message_count += 1
        channel.thread.total_sent += 1


def slow(world: DiscordWorld, channel: StandInChannel, author_id: int) -> None:
    """Slowmode, from which those who manage messages, threads or channels are free."""
    free = may.MANAGE_MESSAGES | may.MANAGE_CHANNELS | may.BYPASS_SLOWMODE
    if not channel.rate_limit_per_user or world.permissions(author_id, channel) & free:
        return
    window = world.window(channel.rate_limit_per_user)
    own = [m.created_at for m in world.messages.get(channel.id, {}).values() if m.author.id == author_id]
    wait: timedelta = (
        max(own, default=datetime.min.replace(tzinfo=world.clock().tzinfo)) + window - world.clock()
    )
    if wait > timedelta(0):
        raise ResourceRateLimited(20016, wait.total_seconds())


def delete(world: DiscordWorld, channel: StandInChannel, actor_id: int) -> None:
    """Remove a thread with its messages, by those who manage threads."""
    world.need(actor_id, channel, may.MANAGE_THREADS)
    data = {
        "id": str(channel.id),
        "guild_id": str(channel.guild_id),
        "parent_id": str(channel.parent_id),
        "type": channel.type,
    }
    world.emit(GatewayEvent("THREAD_DELETE", data, GUILDS, channel.guild_id, channel))
    del world.channels[channel.id]
    world.messages.pop(channel.id, None)
    world.ledger.add("thread_deleted", thread_id=channel.id, by=actor_id)
