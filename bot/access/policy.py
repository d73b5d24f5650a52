"""The one table of actions: their needs, and where their outcomes show.

Every command, button, window, list and suggestion names its action here, and is asked about it at the
moment of the click. An action outside the table cannot be done, so there is only one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.access.roles import Permission

_P = Permission


class Action(StrEnum):
    """A member's action through the bridge."""

    # one's own account
    LINK = "link"
    LINK_ANSWER = "link.answer"
    UNLINK = "unlink"
    ACCOUNT = "account"
    STEWARD = "steward"
    # the server
    SETUP = "setup"
    STATUS = "status"
    SETTINGS = "settings"
    CHOOSE_ZONE = "zone.choose"
    LANGUAGE = "language.mine"
    CHANNEL_LANGUAGE = "language.channels"
    HELP = "help"
    HOME = "home"
    PAGE = "page"
    TOUR = "tour"
    TRIAL = "trial"
    # a fan's thread
    REPLY = "reply"
    PRICE = "reply.price"
    REVIEW = "reply.review"
    HELD_OPEN = "reply.held"
    REVIEW_SENT = "review.sent"
    REVIEW_BLOCKED = "review.blocked"
    SETTLE_REPLY = "reply.settle"
    ANSWER_ANYWAY = "talk.anyway"
    CLAIM = "talk.claim"
    RELEASE = "talk.release"
    HAND_OVER = "talk.hand_over"
    SNOOZE = "talk.snooze"
    CLOSE = "talk.close"
    REOPEN = "talk.reopen"
    UNSEND = "reply.unsend"
    PRICE_SHOW = "price.show"
    PRICE_LIMITS = "price.limits"
    GUARD_SHOW = "guard.show"
    GUARD_SET = "guard.set"
    GUARD_TEST = "guard.test"
    GUARD_IMPORT = "guard.import"
    TEMPLATE_USE = "template.use"
    TEMPLATE_EDIT = "template.edit"
    TEMPLATE_IMPORT = "template.import"
    SHOW_HIDDEN = "hidden.show"
    OPEN_CHAT = "chat.open"
    CHAT_READ = "chat.read"
    CHAT_MUTE = "chat.mute"
    CHAT_NICKNAME = "chat.nickname"
    NOTE_READ = "note.read"
    NOTE_WRITE = "note.write"
    FAN_TAG = "fan.tag"
    PROMISES = "promise.list"
    PROMISE = "promise.keep"
    FAN_MORE = "fan.more"
    FAN_ITEMS = "fan.items"
    FIND = "find"
    # what waits for a person, and who
    INBOX = "inbox.list"
    TIMERS = "inbox.timers"
    PINGS = "inbox.pings"
    ROUTING = "inbox.routing"
    HOLD = "inbox.hold"
    TYPING = "inbox.typing"
    ALERTS = "alerts.show"
    ALERTS_MINE = "alerts.mine"
    ALERTS_SET = "alerts.set"
    ALERT_WHY = "alert.why"
    PROBLEMS = "problems.list"
    SETTLE = "problems.settle"
    VERDICT = "problems.verdict"
    # for a whole creator
    MASS = "mass"
    MASS_LIMITS = "mass.limits"
    CAMPAIGNS = "campaigns"
    LIST_SHOW = "list.show"
    LIST_EDIT = "list.edit"
    LIST_BUILD = "list.build"
    LIST_DELETE = "list.delete"
    COMPOSE = "mass.compose"
    POST = "post"
    POST_ASK = "post.ask"
    POST_LIST = "post.list"
    POST_CHANGE = "post.change"
    TRACKING_LIST = "tracking.list"
    TRACKING_SHOW = "tracking.show"
    TRACKING_CHANGE = "tracking.change"
    POST_FOLLOW = "post.follow"
    POST_FIGURES = "post.figures"
    MEDIA = "media"
    UPLOAD = "upload"
    # figures
    EARNINGS = "earnings"
    TOP_FANS = "fans.top"
    SUBSCRIBERS = "subscribers"
    GOAL_SHOW = "goal.show"
    GOAL_SET = "goal.set"
    DIGEST = "digest"
    DIGEST_MORE = "digest.more"
    LEDGER_CHECK = "ledger.check"
    LEDGER_REBUILD = "ledger.rebuild"
    CREDIT_SALES = "credit.sales"
    CREDIT_STATEMENT = "credit.statement"
    CREDIT_REASSIGN = "credit.reassign"
    # the team
    TEAM_SHOW = "team.show"
    TEAM_EXPLAIN = "team.explain"
    TEAM_GRANT = "team.grant"
    TEAM_REMOVE = "team.remove"
    TEAM_LEAVE = "team.leave"
    TEAM_RETURN = "team.return"
    TEAM_FIGURES = "team.figures"
    DOCTOR = "team.doctor"
    PAUSE = "pause"
    AUDIT = "audit"
    # privacy
    PRIVACY_SHOW = "privacy.show"
    PRIVACY_SET = "privacy.set"
    FORGET = "privacy.forget"
    EXPORT = "privacy.export"
    API_KEYS = "api_keys"
    ASSISTANT = "assistant"
    AUTOSEND = "autosend"
    ERASE = "privacy.erase"


class ActionNeed(StrEnum):
    """A need of an action besides a permission about a creator."""

    NOTHING = "nothing"  # anybody on the server, about themselves
    OWN_LINK = "own link"  # the person who connected the account
    MANAGE_SERVER = "manage server"  # Discord's permission on this server


@dataclass(frozen=True)
class ActionRule:
    """An action's rule: its needs, where its answer may be seen, and whether it is asked twice."""

    needs: Permission | ActionNeed
    visible: str = "private"  # to whom the outcome shows: "private", or "thread": everybody who reads it
    twice: bool = False  # a preview or a question comes first, and only a second press counts
    anywhere: bool = False  # also in private messages


class ChannelKind(StrEnum):
    """A kind of channel of a creator."""

    CATEGORY = "category"
    FORUM = "forum"
    ALERTS = "alerts"


@dataclass(frozen=True)
class ChannelRule:
    """With which permission a Discord role sees a channel, and writes in its threads; None: with none."""

    sees: Permission | None
    writes: Permission | None


# Who sees a channel by the bridge's doing: roles to which the owner's side granted it, as
# `bot.relay.channel_access` has it on Discord. It is made for the bot alone, whatever /setup was told.
CHANNELS: Mapping[ChannelKind, ChannelRule] = {
    ChannelKind.CATEGORY: ChannelRule(None, None),  # it may hold the channels of several creators
    ChannelKind.FORUM: ChannelRule(_P.READ, _P.DRAFT),
    ChannelKind.ALERTS: ChannelRule(_P.READ, _P.DRAFT),
}

POLICY: Mapping[Action, ActionRule] = {
    Action.LINK: ActionRule(ActionNeed.NOTHING, twice=True),
    Action.LINK_ANSWER: ActionRule(
        ActionNeed.NOTHING
    ),  # the question belongs to one person, who is looked up with it
    Action.UNLINK: ActionRule(ActionNeed.OWN_LINK, twice=True, anywhere=True),  # a receipt has the button
    Action.ACCOUNT: ActionRule(ActionNeed.NOTHING),
    Action.STEWARD: ActionRule(
        ActionNeed.NOTHING, twice=True
    ),  # Fanvue's list of whom one manages is looked at
    Action.SETUP: ActionRule(ActionNeed.MANAGE_SERVER),
    Action.STATUS: ActionRule(_P.READ),
    Action.SETTINGS: ActionRule(_P.READ),  # each row asks for itself who sees it and who changes it
    Action.CHOOSE_ZONE: ActionRule(ActionNeed.NOTHING),  # names of time zones: the same for everybody
    Action.LANGUAGE: ActionRule(_P.READ),  # what one reads oneself
    Action.CHANNEL_LANGUAGE: ActionRule(_P.APPROVE),  # what everybody reads
    Action.HELP: ActionRule(ActionNeed.NOTHING),
    Action.TOUR: ActionRule(ActionNeed.NOTHING, anywhere=True),  # the same for everybody
    Action.TRIAL: ActionRule(ActionNeed.NOTHING),  # a test message of the operator's, which says nothing
    Action.HOME: ActionRule(_P.READ),  # each part asks for itself
    Action.PAGE: ActionRule(_P.READ),  # each part of it asks for itself
    Action.REPLY: ActionRule(_P.DRAFT, visible="thread"),  # without REPLY it waits for a lead
    Action.PRICE: ActionRule(_P.PRICE, visible="thread"),
    Action.REVIEW: ActionRule(_P.APPROVE, visible="thread"),
    Action.HELD_OPEN: ActionRule(
        _P.READ
    ),  # its text is for its writer and for leads: who that is is looked up
    Action.REVIEW_SENT: ActionRule(_P.APPROVE),  # what others wrote, with who wrote it
    Action.REVIEW_BLOCKED: ActionRule(_P.APPROVE),
    Action.SETTLE_REPLY: ActionRule(_P.REPLY, visible="thread"),
    Action.ANSWER_ANYWAY: ActionRule(_P.REPLY, visible="thread", twice=True),
    Action.CLAIM: ActionRule(_P.REPLY, visible="thread"),
    Action.RELEASE: ActionRule(_P.REPLY, visible="thread"),
    Action.HAND_OVER: ActionRule(_P.REPLY, visible="thread"),
    Action.SNOOZE: ActionRule(_P.REPLY),
    Action.CLOSE: ActionRule(_P.REPLY),
    Action.REOPEN: ActionRule(_P.REPLY),
    Action.UNSEND: ActionRule(_P.UNSEND, visible="thread"),
    Action.PRICE_SHOW: ActionRule(_P.PRICE),
    Action.PRICE_LIMITS: ActionRule(_P.APPROVE, twice=True),  # for roles below one's own
    Action.GUARD_SHOW: ActionRule(_P.REPLY),
    Action.GUARD_SET: ActionRule(_P.APPROVE),  # it is the whole account that Fanvue closes
    Action.GUARD_TEST: ActionRule(_P.APPROVE),  # whoever may try any number of texts learns what passes
    Action.GUARD_IMPORT: ActionRule(
        _P.APPROVE, twice=True
    ),  # many at once, and in the place of what is there
    Action.TEMPLATE_USE: ActionRule(_P.REPLY),
    Action.TEMPLATE_EDIT: ActionRule(_P.APPROVE),  # others send it in the creator's name
    Action.TEMPLATE_IMPORT: ActionRule(
        _P.APPROVE, twice=True
    ),  # many at once, and in the place of what is there
    Action.SHOW_HIDDEN: ActionRule(_P.READ),
    Action.OPEN_CHAT: ActionRule(_P.READ),
    Action.CHAT_READ: ActionRule(_P.REPLY),
    Action.CHAT_MUTE: ActionRule(_P.APPROVE),  # the creator is not notified any more
    Action.CHAT_NICKNAME: ActionRule(_P.REPLY),
    Action.NOTE_READ: ActionRule(_P.READ),
    Action.NOTE_WRITE: ActionRule(_P.REPLY),
    Action.FAN_TAG: ActionRule(_P.REPLY),
    Action.PROMISES: ActionRule(_P.READ),
    Action.PROMISE: ActionRule(_P.REPLY),
    Action.FAN_MORE: ActionRule(_P.READ),  # figures as exactly as their reader may see them, or not at all
    Action.FAN_ITEMS: ActionRule(_P.READ),
    Action.INBOX: ActionRule(_P.READ),
    Action.TIMERS: ActionRule(_P.APPROVE),  # others are notified by it
    Action.PINGS: ActionRule(_P.DRAFT),  # one's own phone
    Action.ROUTING: ActionRule(_P.APPROVE),  # who is offered whom, and whose phone rings
    Action.HOLD: ActionRule(_P.APPROVE),  # how long every reply waits
    Action.TYPING: ActionRule(_P.APPROVE),  # what a team says among itself can go to a fan by it
    Action.ALERTS: ActionRule(_P.READ),
    Action.ALERTS_MINE: ActionRule(_P.READ),  # figures as exactly as their reader sees them when it is told
    Action.ALERTS_SET: ActionRule(_P.APPROVE),  # what a whole channel is told, and whom that notifies
    Action.ALERT_WHY: ActionRule(
        ActionNeed.NOTHING, anywhere=True
    ),  # whose alert it is, is looked up with it
    Action.FIND: ActionRule(_P.READ),
    Action.PROBLEMS: ActionRule(_P.REPLY),
    Action.SETTLE: ActionRule(_P.REPLY, visible="thread"),
    Action.VERDICT: ActionRule(_P.APPROVE, visible="thread"),
    Action.MASS: ActionRule(_P.MASS, visible="thread", twice=True),
    Action.MASS_LIMITS: ActionRule(_P.APPROVE),  # how much stands between a press and very many fans
    Action.CAMPAIGNS: ActionRule(_P.MASS),  # how exactly figures show is a matter of `Money`
    Action.LIST_SHOW: ActionRule(_P.MASS),  # who is on it says what they paid or bought
    Action.LIST_EDIT: ActionRule(_P.MASS),
    Action.LIST_BUILD: ActionRule(_P.MASS, twice=True),
    Action.LIST_DELETE: ActionRule(_P.MASS, twice=True),
    Action.COMPOSE: ActionRule(_P.MASS),  # a draft that only its member sees; its preview is MASS
    Action.POST: ActionRule(_P.POST, visible="thread", twice=True),
    Action.POST_ASK: ActionRule(
        _P.DRAFT, visible="thread", twice=True
    ),  # without POST it waits for a manager
    Action.POST_LIST: ActionRule(_P.POST),  # drafts and scheduled ones, which nobody is to see yet
    Action.POST_CHANGE: ActionRule(_P.POST, visible="thread", twice=True),
    Action.TRACKING_LIST: ActionRule(
        _P.REPLY
    ),  # names and addresses: whoever writes to fans may hand one out
    Action.TRACKING_SHOW: ActionRule(_P.POST),  # how exactly figures show is a matter of `Money`
    Action.TRACKING_CHANGE: ActionRule(_P.POST, visible="thread", twice=True),
    Action.POST_FOLLOW: ActionRule(_P.POST),  # the whole team reads what then stands in the forum
    Action.POST_FIGURES: ActionRule(_P.READ),  # as exactly as their reader may see them, or not at all
    Action.MEDIA: ActionRule(_P.MEDIA),
    Action.UPLOAD: ActionRule(_P.POST),  # what is in the vault, everybody in the team may send
    Action.EARNINGS: ActionRule(_P.MONEY),
    Action.TOP_FANS: ActionRule(_P.MONEY),
    Action.SUBSCRIBERS: ActionRule(_P.MONEY),
    Action.GOAL_SHOW: ActionRule(_P.MONEY),
    Action.GOAL_SET: ActionRule(
        _P.APPROVE
    ),  # who sees ranges would learn the exact sum by when it is reached
    Action.LEDGER_CHECK: ActionRule(_P.MONEY),
    Action.LEDGER_REBUILD: ActionRule(ActionNeed.OWN_LINK),  # it costs requests, and figures may change by it
    Action.CREDIT_SALES: ActionRule(
        _P.APPROVE
    ),  # figures as exactly as their reader may see them, or not at all
    Action.CREDIT_STATEMENT: ActionRule(_P.READ),  # one's own; of others it is looked up who leads
    Action.CREDIT_REASSIGN: ActionRule(_P.APPROVE, twice=True),  # whom somebody is paid for
    Action.DIGEST: ActionRule(ActionNeed.OWN_LINK),  # a digest shows figures to a whole channel
    Action.DIGEST_MORE: ActionRule(ActionNeed.OWN_LINK, anywhere=True),  # a private digest has the button
    Action.TEAM_SHOW: ActionRule(_P.TEAM),
    Action.TEAM_EXPLAIN: ActionRule(ActionNeed.NOTHING),
    Action.TEAM_GRANT: ActionRule(_P.TEAM, twice=True),
    Action.TEAM_REMOVE: ActionRule(_P.TEAM, twice=True),
    # The owner's side or the server's: which one is looked up.
    Action.TEAM_LEAVE: ActionRule(ActionNeed.NOTHING, twice=True),
    Action.TEAM_RETURN: ActionRule(ActionNeed.NOTHING),
    Action.TEAM_FIGURES: ActionRule(_P.APPROVE),
    Action.DOCTOR: ActionRule(_P.TEAM),
    Action.PAUSE: ActionRule(_P.PAUSE),
    Action.AUDIT: ActionRule(_P.AUDIT),
    Action.PRIVACY_SHOW: ActionRule(_P.READ),
    Action.PRIVACY_SET: ActionRule(ActionNeed.OWN_LINK, twice=True),
    Action.FORGET: ActionRule(ActionNeed.OWN_LINK, twice=True),
    Action.EXPORT: ActionRule(_P.EXPORT, twice=True),
    Action.API_KEYS: ActionRule(ActionNeed.OWN_LINK),  # a program reads with it for months
    Action.ASSISTANT: ActionRule(ActionNeed.OWN_LINK),  # what fans write leaves the bridge by it
    Action.AUTOSEND: ActionRule(ActionNeed.OWN_LINK),  # drafts leave in the creator's name without a press
    Action.ERASE: ActionRule(ActionNeed.OWN_LINK, twice=True),  # the second time by typing the handle
}
