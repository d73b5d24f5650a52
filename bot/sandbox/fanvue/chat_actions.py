"""People's actions in chats, and the events that follow."""

from dataclasses import dataclass, field
from datetime import timedelta

from bot.sandbox import witness
from bot.sandbox.fanvue import events
from bot.sandbox.fanvue.records import (
    AccountRecord,
    FanBond,
    MediaId,
    MediaRecord,
    MessageId,
    MessageRecord,
    UserId,
)
from bot.sandbox.fanvue.state import FanvueState

_MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True)
class ChatWords:
    """The words to send."""

    text: str | None = None
    media: tuple[MediaId, ...] = ()
    price: int | None = None
    preview: MediaId | None = None
    type: str = "SINGLE_RECIPIENT"
    tip_source: str | None = None
    automated: bool = False
    broadcast: MessageId | None = field(default=None)


def open_chat(state: FanvueState, bond: FanBond) -> None:
    """Make the chat exist; opening it twice changes nothing."""
    if bond.chat_since is None:
        bond.chat_since = state.now()
        state.pulse.beat()


def fan_says(state: FanvueState, bond: FanBond, words: ChatWords) -> MessageRecord:
    """A fan's message arrives at the creator, who has not read it yet."""
    open_chat(state, bond)
    message = _append(state, bond, words, from_fan=True)
    state.ledger.message(message, None)
    _tell_about(state, bond, message, "creator.message.received")
    return message


def creator_says(
    state: FanvueState,
    bond: FanBond,
    words: ChatWords,
    *,
    sent_by: UserId | None = None,
    client_id: str | None = None,
) -> MessageRecord:
    """A creator's message is accepted; its echo goes to everyone who listens."""
    open_chat(state, bond)
    message = _append(state, bond, words, from_fan=False)
    message.sent_by = sent_by
    state.ledger.message(message, client_id)
    if words.broadcast is None or state.switches.broadcasts_in_events:
        _tell_about(state, bond, message, "creator.message.sent")
    return message


def fan_reads(state: FanvueState, bond: FanBond) -> int:
    """The fan reads what the creator wrote; says how many messages that were."""
    fresh = [message for message in bond.visible if not message.from_fan and not message.read]
    for message in fresh:
        message.read = True
    if fresh:
        state.emit("creator.message.read", bond.creator.uuid, events.read_data(bond))
    return len(fresh)


def creator_reads(state: FanvueState, bond: FanBond) -> None:
    for message in bond.messages:
        if message.from_fan:
            message.read = True
    bond.marked_unread = False
    state.pulse.beat()


def unsend(state: FanvueState, bond: FanBond, message: MessageRecord) -> None:
    message.deleted_at = state.now()
    state.emit("creator.message.deleted", bond.creator.uuid, events.deleted_data(bond, message))


def react(state: FanvueState, bond: FanBond, message: MessageRecord, emoji: str) -> None:
    state.emit("creator.message.reaction", bond.creator.uuid, events.reaction_data(bond, message, emoji))


def change_presence(state: FanvueState, bond: FanBond, *, online: bool) -> None:
    bond.fan.online = online
    bond.fan.last_seen_at = state.now()
    data = events.status_data(bond, "presence", "online" if online else "offline", state.now())
    state.emit("creator.fan.presence_changed", bond.creator.uuid, data)


def change_mute(state: FanvueState, bond: FanBond, *, muted: bool) -> None:
    if bond.muted != muted:
        bond.muted = muted
        data = events.status_data(bond, "mute", "muted" if muted else "unmuted", state.now())
        state.emit("creator.fan.status_changed", bond.creator.uuid, data)


def put_in_vault(
    state: FanvueState,
    owner: AccountRecord,
    kind: str = "image",
    status: str = "ready",
    name: str | None = None,
) -> MediaRecord:
    media = MediaRecord(MediaId(state.new_id()), owner.uuid, kind, status, state.now(), name)
    state.media[media.uuid] = media
    return media


def _append(state: FanvueState, bond: FanBond, words: ChatWords, *, from_fan: bool) -> MessageRecord:
    """The date window of v1 pages by time, so no two messages of a chat share a millisecond."""
    sent_at = state.now()
    witness.note("text", words.text)
    if bond.messages and bond.messages[-1].sent_at >= sent_at:
        sent_at = bond.messages[-1].sent_at + _MILLISECOND
    message = MessageRecord(
        uuid=MessageId(state.new_id()),
        creator=bond.creator.uuid,
        fan=bond.fan.uuid,
        from_fan=from_fan,
        text=words.text,
        sent_at=sent_at,
        media=list(words.media),
        type=words.type,
        price=words.price,
        preview=words.preview,
        tip_source=words.tip_source,
        automated=words.automated,
        broadcast=words.broadcast,
    )
    bond.messages.append(message)
    state.messages[message.uuid] = message
    return message


def _tell_about(state: FanvueState, bond: FanBond, message: MessageRecord, kind: str) -> None:
    data = events.message_data(bond, message, with_text=state.switches.text_in_events)
    state.emit(kind, bond.creator.uuid, data)
