"""Signals that features tell one another; each `feature.py` says which it hears."""

from bot.access.roles import RoleGrant
from bot.engine.listeners import Signal
from bot.features.inbox.conversations.answers import FanAnswer
from bot.features.inbox.conversations.changes import ConversationChanged
from bot.features.inbox.program_drafts.model import ProgramDraftEnd
from bot.model.events import Event
from storage.database import Transaction
from storage.records import CreatorId, DiscordId, DraftId, Effect, FanId, FanThread, Millis

FACT_DECIDED = Signal[Transaction, Event]("a fact was decided and shown")
THREAD_WANTED = Signal[Transaction, FanThread, Millis]("a fan's thread is opened")
THREAD_OPENED = Signal[Transaction, FanThread, Millis]("a fan's thread, wanted since then, is open")
CONVERSATION_CHANGED = Signal[Transaction, ConversationChanged]("a conversation changed")
FAN_ANSWERED = Signal[Transaction, FanAnswer]("a fan was answered")
FAN_CHANGED = Signal[Transaction, CreatorId, FanId]("what is known of a fan changed")
FAN_LEARNED = Signal[Transaction, CreatorId, FanId]("Fanvue said more of a fan: nobody waits to read it")
REPLY_ENDED = Signal[Transaction, Effect]("a reply to a fan came to an end")
PROGRAM_DRAFT_ENDED = Signal[Transaction, ProgramDraftEnd]("a program's draft waits no longer")
PROGRAM_DRAFT_TAKEN = Signal[Transaction, DraftId, DiscordId]("a window with a program's draft was saved")
HELD_REPLIES_CHANGED = Signal[Transaction, CreatorId]("other replies wait for a lead")
OFFERS_CHANGED = Signal[Transaction, CreatorId]("other fans are offered to someone first")
SERVER_JOINED = Signal[DiscordId, DiscordId]("a server invited the bot, which may write in its first channel")
MESSAGE_DELETED = Signal[DiscordId]("a message was deleted on Discord")
GRANTED = Signal[Transaction, CreatorId, RoleGrant]("a member or role was let into a team")
MASS_MESSAGE_ENDED = Signal[Transaction, CreatorId, str, DiscordId | None, Millis](
    "a mass message was cancelled or taken back"
)
MASS_MESSAGE_DUE = Signal[CreatorId]("a mass message was sent: chats change only until someone writes")
