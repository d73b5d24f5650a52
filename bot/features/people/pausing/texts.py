"""The texts about pauses and today's messages (pure)."""

from collections import Counter
from collections.abc import Sequence

from bot.model.language import msgid, tr, tr_many
from bot.model.ports import Button, Post
from bot.text.colours import QUIET_COLOUR, TROUBLE_COLOUR
from bot.text.render import person_label
from bot.text.safe_text import one_line, safe
from storage.people.outgoing_messages import OutgoingMessage
from storage.people.pauses import Pause, PauseKind
from storage.records import EffectState, Millis

SHOW, TEXTS, ASK, SEND, DROP = "pause.show", "pause.texts", "pause.lift", "pause.send", "pause.drop"
NOTHING_PAUSED = msgid("There's nothing paused that you can resume.")
NOBODY = msgid(
    "You have no Fanvue account connected, so nothing is sent in your name. Connect one with /link."
)
NOT_HERE = msgid("This button has expired. Run /pause show again.")
ONLY_THE_OWNER = msgid("Paused by the owner – only they can resume it.")
NOT_THE_OWNER = msgid(
    "The owner can't be paused as a member. Stop everything in the creator's name with /pause creator."
)
NOT_YOUR_EQUAL = msgid("You can only pause members with a lower role than yours. Ask the creator's owner.")
_LISTED = 10  # lines; what one private answer has room for
_WHAT = {
    "proposed.mass": msgid("a mass message"),
    "proposed.mass_change": msgid("a change of a mass message"),
    "proposed.mass_end": msgid("the end of a mass message"),
    "proposed.post": msgid("a post"),
    "proposed.postask": msgid("a suggested post"),
    "proposed.postedit": msgid("a change of a post"),
    "proposed.postdelete": msgid("deleting a post"),
    "proposed.postpin": msgid("pinning a post"),
    "proposed.postunpin": msgid("unpinning a post"),
    "proposed.postcomment": msgid("a comment"),
    "proposed.repost": msgid("a repost"),
    "proposed.trackcreate": msgid("a tracking link"),
    "proposed.trackdelete": msgid("deleting a tracking link"),
}
_STATES = {
    None: msgid("written there"),
    EffectState.PENDING: msgid("waits"),
    EffectState.SENDING: msgid("being sent"),
    EffectState.DONE: msgid("✓ sent"),
    EffectState.REJECTED: msgid("not sent"),
    EffectState.UNKNOWN: msgid("not sure yet"),
    EffectState.ABSENT: msgid("needs your attention"),
    EffectState.CANCELLED: msgid("discarded"),
}
_MESSAGES = frozenset({"chat.send", "reply.later", "proposed.mass"})
_OTHERWISE = {  # of all but messages, of which “sent” would say the wrong thing: a recall, a post
    EffectState.SENDING: msgid("being done"),
    EffectState.DONE: msgid("✓ done"),
    EffectState.REJECTED: msgid("not done"),
}


def subject(pause: Pause, handles: Sequence[str]) -> str:
    """The paused thing, in the middle of a sentence."""
    names = ", ".join(f"**@{safe(one_line(handle, 40))}**" for handle in handles) or tr("your creators")
    if pause.kind is PauseKind.MEMBER:
        return tr("what <@{subject}> sends for {names}", subject=pause.subject, names=names)
    return tr("everything in the name of {names}", names=names)


def begun(
    pause: Pause,
    handles: Sequence[str],
    held: Sequence[OutgoingMessage],
    under_way: Sequence[OutgoingMessage],
) -> list[str]:
    """The lines about a begun pause."""
    lines = [
        tr(
            "From now on {subject} is held. Reading and taking back still work.",
            subject=subject(pause, handles),
        )
    ]
    if held:
        waited = tr_many("**{n} waited and is held:**", "**{n} waited and are held:**", len(held))
        lines += [waited, *_list(held)]
    if under_way:
        lines += [
            tr_many(
                "**{n} was on its way to Fanvue already.** See the result of it here:",
                "**{n} were on their way to Fanvue already.** See the result of them here:",
                len(under_way),
            ),
            *_list(under_way),
        ]
    return lines


def scheduled(moments: Sequence[Millis]) -> list[str]:
    """Lines about content scheduled at Fanvue: nobody but a person on Fanvue stops it."""
    if not moments:
        return []
    when = ", ".join(f"<t:{at // 1000}:f>" for at in moments[:_LISTED])
    return [
        tr(
            "⚠️ Fanvue itself will still publish what was scheduled there before: {when}. Take "
            "it back on Fanvue.",
            when=when,
        )
    ]


def paused(lines: Sequence[str], pause: Pause, shows: Sequence[Button], *, already: bool) -> Post:
    """The answer to a pause."""
    return Post(
        title=tr("Already paused") if already else tr("Paused"),
        body=("\n".join(lines),),
        small=tr(
            "By <@{by}> since <t:{since}:f>. Stays on until you run /pause off.",
            by=pause.by,
            since=pause.since // 1000,
        ),
        accent=TROUBLE_COLOUR,
        buttons=(*shows, Button(ASK, pause.id, tr("End the pause"))),
    )


def question(
    pause: Pause,
    handles: Sequence[str],
    held: Sequence[OutgoingMessage],
    late: int,
    ref: str,
    note: str | None = None,
) -> Post:
    """The question about held messages. Until one of the two is pressed, everything stays held."""
    lines = [f"⚠️ **{note}**"] if note else []
    lines += [
        tr_many(
            "When {subject} resumes, what should happen to this one?",
            "When {subject} resumes, what should happen to these {n}?",
            len(held),
            subject=subject(pause, handles),
        ),
        *_list(held),
    ]
    if late and _only_messages(held):
        lines.append(
            tr_many(
                "{n} message is over an hour old and won't be sent.",
                "{n} messages are over an hour old and won't be sent.",
                late,
            )
        )
    elif late:
        lines.append(
            tr_many(
                "{n} action is over an hour old and won't be done.",
                "{n} actions are over an hour old and won't be done.",
                late,
            )
        )
    return Post(
        title=tr("Still paused: what was held?"),
        body=("\n".join(lines),),
        small=tr("It stays paused until you choose."),
        accent=TROUBLE_COLOUR,
        buttons=(
            Button(SEND, ref, tr("Send them"), "primary"),
            Button(DROP, ref, tr("Discard them"), "danger"),
        ),
    )


def choose(found: Sequence[tuple[Pause, Sequence[str]]]) -> Post:
    """Several pauses: which one is meant."""
    shown = found[:_LISTED]
    more = len(found) - len(shown)
    return Post(
        title=tr("Which pause ends?"),
        body=(
            "\n".join(
                tr(
                    "{number}. {subject}, since <t:{since}:f>",
                    number=number,
                    subject=subject(pause, handles),
                    since=pause.since // 1000,
                )
                for number, (pause, handles) in enumerate(shown, start=1)
            ),
        ),
        small=tr("{more} more appear when one of these has ended.", more=more) if more else None,
        accent=QUIET_COLOUR,
        buttons=tuple(
            Button(ASK, pause.id, tr("End {n}", n=n)) for n, (pause, _handles) in enumerate(shown, start=1)
        ),
    )


def ended(pause: Pause, handles: Sequence[str], held: Sequence[OutgoingMessage], how: str | None) -> str:
    """The end of a pause; `how`: the fate of what was `held`."""
    goes_on = tr("The pause is over: {subject} can be sent from now on.", subject=subject(pause, handles))
    match how:
        case "send":
            return f"{goes_on} {_on_their_way(held)}"
        case "drop":
            return f"{goes_on} {_discarded(held)}"
        case _:
            return f"{goes_on} {tr('No messages were held.')}"


def _only_messages(held: Sequence[OutgoingMessage]) -> bool:
    return all(one.kind in _MESSAGES for one in held)


def _on_their_way(held: Sequence[OutgoingMessage]) -> str:
    if _only_messages(held):
        return tr_many("{n} held message is on its way.", "{n} held messages are on their way.", len(held))
    return tr_many("{n} held action is on its way.", "{n} held actions are on their way.", len(held))


def _discarded(held: Sequence[OutgoingMessage]) -> str:
    if _only_messages(held):
        return tr_many(
            "{n} held message is discarded and was not sent.",
            "{n} held messages are discarded and were not sent.",
            len(held),
        )
    return tr_many(
        "{n} held action is discarded and was not done.",
        "{n} held actions are discarded and were not done.",
        len(held),
    )


def over(pause: Pause) -> str:
    return tr(
        "This pause is over: <@{ended_by}> ended it <t:{ended_at}:R>.",
        ended_by=pause.ended_by,
        ended_at=(pause.ended_at or 0) // 1000,
    )


# ── today's messages ──


def day(
    handle: str,
    said: Sequence[OutgoingMessage],
    page: Sequence[tuple[OutgoingMessage, str | None]],
    number: int,
) -> Post:
    """One page of what was said in a creator's name today, each with its text where it was asked for."""
    counted = Counter(f"<@{one.actor}>" if one.actor else tr("on Fanvue itself") for one in said if one.sent)
    who = " · ".join(f"{name}: {times}" for name, times in counted.most_common(_LISTED))
    lines = []
    for one, text in page:
        lines.append(line(one))
        if text is not None:
            lines.append(text)
    return Post(
        title=tr(
            "In the name of @{handle} today: {counts}",
            handle=safe(one_line(handle, 40)),
            counts=_counts(said),
        ),
        body=tuple(filter(None, (who, "\n".join(lines)))) or (tr("Nothing yet."),),
        small=tr("Page {number}. Earlier days' waiting messages are listed too.", number=number + 1)
        if said
        else None,
        accent=QUIET_COLOUR,
    )


def _counts(said: Sequence[OutgoingMessage]) -> str:
    changed = sum(one.done and not one.sent for one in said)
    other = sum(not one.done for one in said)
    counts = [tr("{sent} sent", sent=sum(one.sent for one in said))]
    counts += [tr_many("{n} change", "{n} changes", changed)] if changed else []
    counts += [tr("{other} waiting or not done", other=other)] if other else []
    return " · ".join(counts)


def line(one: OutgoingMessage) -> str:
    """One message: when, who, to whom, how far. Never its text."""
    who = f"<@{one.actor}>" if one.actor else tr("on Fanvue itself")
    where = f" · <#{one.channel}>" if one.channel else ""
    state = _STATES[one.state]
    if one.state is not None and one.kind not in _MESSAGES:
        state = _OTHERWISE.get(one.state, state)
    return f"<t:{one.at // 1000}:t> · {who} → {target(one)} · {tr(state)}{where}"


def target(one: OutgoingMessage) -> str:
    """Its recipient, or its kind."""
    if one.fan is None:
        return tr(_WHAT.get(one.kind, msgid("many")))
    return person_label(one.fan, one.display_name, one.handle, digits=one.mistakable)


def _list(said: Sequence[OutgoingMessage]) -> list[str]:
    lines = [f"- {line(one)}" for one in said[:_LISTED]]
    more = len(said) - _LISTED
    return [*lines, tr("… and {more} more.", more=more)] if more > 0 else lines
