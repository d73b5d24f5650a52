"""Texts of pings about messages, and of the setting (pure)."""

from bot.features.people.tour import texts as tour_texts
from bot.model.language import msgid, tr
from bot.model.ports import Button, Post
from bot.relay.ping_recipients import PingRecipients
from bot.text.quiet_hours import clock_of
from storage.inbox.pings import PingChoice, PingMode
from storage.records import EffectId

MODES = {
    PingMode.CONVERSATIONS: msgid("Every new conversation"),
    PingMode.MESSAGES: msgid("Every message"),
    PingMode.MINE: msgid("Only fans I answered last"),
    PingMode.NOTHING: msgid("Nothing"),
}
NEVER_CHOSE = msgid("You get no pings about this creator's fans. Choose one: `/inbox pings mode:`")
NO_TIME = msgid("“{typed}” is not a time of day. Write for example 22:00.")
NO_ZONE = msgid("“{typed}” is not a time zone. Choose one from the list, for example Europe/Berlin.")
BOTH = msgid("Quiet hours need both ends, for example `quiet_from:22:00 quiet_to:8:00`.")
MODE_FIRST = msgid("First choose when you want a ping: `/inbox pings mode:`")
_SAID = {
    PingMode.CONVERSATIONS: msgid("You get a ping when a fan starts a new conversation."),
    PingMode.MESSAGES: msgid("You get a ping for every message, at most one a minute for each fan."),
    PingMode.MINE: msgid("You get a ping when a fan you answered last writes."),
    PingMode.NOTHING: msgid("You get no pings about this creator's fans."),
}
_WHERE = msgid(
    "Pings appear in the alerts channel, without the fan's name. Nobody is pinged while someone answers."
)


def ping(effect: EffectId, whom: PingRecipients, *, begins: bool, first: bool = False) -> Post:
    """What a lock screen shows: neither a name nor a word of the fan's. `first`: it is offered to them."""
    if first:
        title = tr("💬 New conversation for you") if begins else tr("💬 New message for you")
    else:
        title = tr("💬 New conversation") if begins else tr("💬 New message")
    names = " ".join(f"<@{one}>" for one in whom.members)
    return Post(title=title, body=(names,), buttons=(Button("chat.open", effect, tr("Open the chat")),))


def choice_told(choice: PingChoice, zone: str) -> str:
    """What a member gets from now on; `zone`: the creator's."""
    said = [tr(_SAID[choice.mode])]
    if choice.quiet_from is not None and choice.quiet_to is not None:
        said.append(
            tr(
                "Quiet from {begins} to {ends} ({zone}).",
                begins=clock_of(choice.quiet_from),
                ends=clock_of(choice.quiet_to),
                zone=choice.zone or zone,
            )
        )
    if choice.mode is not PingMode.NOTHING:
        said.append(f"-# {tr(_WHERE)}")
    return "\n".join(said)


def offer(effect: EffectId, whom: PingRecipients) -> Post:
    """Asks those who may answer from now on; whoever presses chooses for themselves."""
    names = " ".join((*(f"<@{one}>" for one in whom.members), *(f"<@&{one}>" for one in whom.roles)))
    return Post(
        title=tr("🔔 Should your phone ring?"),
        body=(tr("{names}, you can answer this creator's fans. When do you want a ping?", names=names),),
        small=tr("Each person chooses for themselves. /inbox pings changes it and sets quiet hours."),
        buttons=(
            *(Button(f"pings.{mode}", effect, words) for mode, words in MODES.items()),
            Button(tour_texts.OPEN, effect, tr(tour_texts.SHOW)),
        ),
    )
