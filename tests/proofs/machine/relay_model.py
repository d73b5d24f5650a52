"""What must be true, said without the bridge: who told whom what."""

from dataclasses import dataclass, field

from storage.records import CreatorId, EffectId, FanId, FanvueMessageId


@dataclass(frozen=True)
class ModelChat:
    """One creator and one fan."""

    creator: CreatorId
    fan: FanId


@dataclass
class ModelMessage:
    """A message that Fanvue has and tells of by a webhook."""

    number: int
    chat: ModelChat
    id: FanvueMessageId
    complete: bool
    by_creator: bool = False
    tried: bool = False  # Fanvue has told of it, and may not know whether that was heard
    told: bool = False  # Fanvue was answered 200
    in_order: bool = True  # no later one of this chat was told before


@dataclass
class ModelReply:
    """A reply whose member read that it is on its way."""

    chat: ModelChat
    text: str
    over: bool = False  # somebody discarded it, or the creator disconnected while it waited


@dataclass
class RelayModel:
    """Messages and replies; nothing about how they get where they belong."""

    messages: list[ModelMessage] = field(default_factory=list)
    replies: dict[EffectId, ModelReply] = field(default_factory=dict)
    reading_failed: bool = False  # a text may then follow later than its place

    def wrote(
        self, chat: ModelChat, message: FanvueMessageId, *, complete: bool, by_creator: bool
    ) -> ModelMessage:
        """Somebody wrote on Fanvue."""
        made = ModelMessage(len(self.messages), chat, message, complete, by_creator)
        self.messages.append(made)
        return made

    def tell(self, message: ModelMessage) -> None:
        """Fanvue is about to tell the bridge; the answer may get lost, so its place is taken from now."""
        later = [one for one in self.messages if one.chat == message.chat and one.number > message.number]
        if not message.told and any(one.tried for one in later):
            message.in_order = False
        message.tried = True

    def of(self, chat: ModelChat) -> list[ModelMessage]:
        """A chat's messages, oldest first."""
        return [one for one in self.messages if one.chat == chat]

    def lines(self, message: ModelMessage, *, settled: bool) -> range:
        """How often a message may stand in the threads of its chat."""
        return range(1, 2) if settled and message.told else range(2)

    def ordered(self, chat: ModelChat) -> list[int]:
        """The numbers of the fan's messages whose order in the threads is promised."""
        return [
            one.number
            for one in self.of(chat)
            if one.told and one.in_order and not one.by_creator and (one.complete or not self.reading_failed)
        ]
