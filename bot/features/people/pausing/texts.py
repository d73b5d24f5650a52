"""The texts about pauses and today's messages (pure)."""

from collections import Counter
from collections.abc import Sequence

from bot.model.ports import Button, Post
from bot.text.colours import QUIET_COLOUR, TROUBLE_COLOUR
from bot.text.render import person_label
from bot.text.safe_text import one_line, safe
from storage.people.outgoing_messages import OutgoingMessage
from storage.people.pauses import Pause, PauseKind
from storage.records import EffectState, Millis

SHOW, TEXTS, ASK, SEND, DROP = "pause.show", "pause.texts", "pause.lift", "pause.send", "pause.drop"
NOTHING_PAUSED = "There's nothing paused that you can resume."
NOBODY = "You have no Fanvue account connected, so nothing is sent in your name. Connect one with /link."
NOT_HERE = "This button has expired. Run /pause show again."
ONLY_THE_OWNER = "Paused by the owner – only they can resume it."
NOT_THE_OWNER = (
    "The owner can't be paused as a member. Stop everything in the creator's name with /pause creator."
)
NOT_YOUR_EQUAL = "You can only pause members with a lower role than yours. Ask the creator's owner."
_LISTED = 10  # lines; what one private answer has room for
_WHAT = {
    "proposed.mass": "a mass message",
    "proposed.mass_change": "a change of a mass message",
    "proposed.mass_end": "the end of a mass message",
    "proposed.post": "a post",
    "proposed.postask": "a suggested post",
    "proposed.postedit": "a change of a post",
    "proposed.postdelete": "deleting a post",
    "proposed.postpin": "pinning a post",
    "proposed.postunpin": "unpinning a post",
    "proposed.postcomment": "a comment",
    "proposed.repost": "a repost",
    "proposed.trackcreate": "a tracking link",
    "proposed.trackdelete": "deleting a tracking link",
}
_STATES = {
    None: "written there",
    EffectState.PENDING: "waits",
    EffectState.SENDING: "being sent",
    EffectState.DONE: "✓ sent",
    EffectState.REJECTED: "not sent",
    EffectState.UNKNOWN: "not sure yet",
    EffectState.ABSENT: "needs your attention",
    EffectState.CANCELLED: "discarded",
}
_MESSAGES = frozenset({"chat.send", "reply.later", "proposed.mass"})
_OTHERWISE = {  # of all but messages, of which “sent” would say the wrong thing: a recall, a post
    EffectState.SENDING: "being done",
    EffectState.DONE: "✓ done",
    EffectState.REJECTED: "not done",
}


def subject(pause: Pause, handles: Sequence[str]) -> str:
    """The paused thing, in the middle of a sentence."""
    names = ", ".join(f"**@{safe(one_line(handle, 40))}**" for handle in handles) or "your creators"
    if pause.kind is PauseKind.MEMBER:
        return f"what <@{pause.subject}> sends for {names}"
    return f"everything in the name of {names}"


def begun(
    pause: Pause,
    handles: Sequence[str],
    held: Sequence[OutgoingMessage],
    under_way: Sequence[OutgoingMessage],
) -> list[str]:
    """The lines about a begun pause."""
    lines = [f"From now on {subject(pause, handles)} is held. Reading and taking back still work."]
    if held:
        lines += [f"**{len(held)} waited and {_are(held)} held:**", *_list(held)]
    if under_way:
        one = len(under_way) == 1
        was, what = ("was on its", "it") if one else ("were on their", "them")
        lines += [
            f"**{len(under_way)} {was} way to Fanvue already.** See the result of {what} here:",
            *_list(under_way),
        ]
    return lines


def _are(said: Sequence[OutgoingMessage]) -> str:
    return "is" if len(said) == 1 else "are"


def scheduled(moments: Sequence[Millis]) -> list[str]:
    """Lines about content scheduled at Fanvue: nobody but a person on Fanvue stops it."""
    if not moments:
        return []
    when = ", ".join(f"<t:{at // 1000}:f>" for at in moments[:_LISTED])
    return [
        (
            f"⚠️ Fanvue itself will still publish what was scheduled there before: {when}. Take it "
            "back on Fanvue."
        )
    ]


def paused(lines: Sequence[str], pause: Pause, shows: Sequence[Button], *, already: bool) -> Post:
    """The answer to a pause."""
    return Post(
        title="Already paused" if already else "Paused",
        body=("\n".join(lines),),
        small=f"By <@{pause.by}> since <t:{pause.since // 1000}:f>. Stays on until you run /pause off.",
        accent=TROUBLE_COLOUR,
        buttons=(*shows, Button(ASK, pause.id, "End the pause")),
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
    these = "this one" if len(held) == 1 else f"these {len(held)}"
    lines += [f"When {subject(pause, handles)} resumes, what should happen to {these}?", *_list(held)]
    one, many, done = _called(held)
    if late == 1:
        lines.append(f"1 {one} is over an hour old and won't be {done}.")
    elif late:
        lines.append(f"{late} {many} are over an hour old and won't be {done}.")
    return Post(
        title="Still paused: what was held?",
        body=("\n".join(lines),),
        small="It stays paused until you choose.",
        accent=TROUBLE_COLOUR,
        buttons=(Button(SEND, ref, "Send them", "primary"), Button(DROP, ref, "Discard them", "danger")),
    )


def choose(found: Sequence[tuple[Pause, Sequence[str]]]) -> Post:
    """Several pauses: which one is meant."""
    shown = found[:_LISTED]
    more = len(found) - len(shown)
    return Post(
        title="Which pause ends?",
        body=(
            "\n".join(
                f"{number}. {subject(pause, handles)}, since <t:{pause.since // 1000}:f>"
                for number, (pause, handles) in enumerate(shown, start=1)
            ),
        ),
        small=f"{more} more appear when one of these has ended." if more else None,
        accent=QUIET_COLOUR,
        buttons=tuple(
            Button(ASK, pause.id, f"End {n}") for n, (pause, _handles) in enumerate(shown, start=1)
        ),
    )


def resumes(pause: Pause, handles: Sequence[str]) -> str:
    """What a pause's end allows again, in the middle of a sentence."""
    return f"{subject(pause, handles)} can be sent from now on."


def ended(pause: Pause, handles: Sequence[str], held: Sequence[OutgoingMessage], how: str | None) -> str:
    """The end of a pause; `how`: the fate of what was `held`."""
    goes_on = f"The pause is over: {resumes(pause, handles)}"
    one, many, done = _called(held)
    alone = len(held) == 1
    match how:
        case "send":
            them = f"1 held {one} is on its" if alone else f"{len(held)} held {many} are on their"
            return f"{goes_on} {them} way."
        case "drop":
            them = f"1 held {one} is" if alone else f"{len(held)} held {many} are"
            return f"{goes_on} {them} discarded and {'was' if alone else 'were'} not {done}."
        case _:
            return f"{goes_on} No messages were held."


def _called(held: Sequence[OutgoingMessage]) -> tuple[str, str, str]:
    """One of them, several, and the word for one that took place."""
    if all(one.kind in _MESSAGES for one in held):
        return "message", "messages", "sent"
    return "action", "actions", "done"


def over(pause: Pause) -> str:
    return f"This pause is over: <@{pause.ended_by}> ended it <t:{(pause.ended_at or 0) // 1000}:R>."


# ── today's messages ──


def day(
    handle: str,
    said: Sequence[OutgoingMessage],
    page: Sequence[tuple[OutgoingMessage, str | None]],
    number: int,
) -> Post:
    """One page of what was said in a creator's name today, each with its text where it was asked for."""
    counted = Counter(f"<@{one.actor}>" if one.actor else "on Fanvue itself" for one in said if one.sent)
    who = " · ".join(f"{name}: {times}" for name, times in counted.most_common(_LISTED))
    lines = []
    for one, text in page:
        lines.append(line(one))
        if text is not None:
            lines.append(text)
    return Post(
        title=f"In the name of @{safe(one_line(handle, 40))} today: {_counts(said)}",
        body=tuple(filter(None, (who, "\n".join(lines)))) or ("Nothing yet.",),
        small=f"Page {number + 1}. Earlier days' waiting messages are listed too." if said else None,
        accent=QUIET_COLOUR,
    )


def _counts(said: Sequence[OutgoingMessage]) -> str:
    changed = sum(one.done and not one.sent for one in said)
    other = sum(not one.done for one in said)
    counts = [f"{sum(one.sent for one in said)} sent"]
    counts += [f"{changed} change{'' if changed == 1 else 's'}"] if changed else []
    counts += [f"{other} waiting or not done"] if other else []
    return " · ".join(counts)


def line(one: OutgoingMessage) -> str:
    """One message: when, who, to whom, how far. Never its text."""
    who = f"<@{one.actor}>" if one.actor else "on Fanvue itself"
    where = f" · <#{one.channel}>" if one.channel else ""
    state = _STATES[one.state]
    if one.state is not None and one.kind not in _MESSAGES:
        state = _OTHERWISE.get(one.state, state)
    return f"<t:{one.at // 1000}:t> · {who} → {target(one)} · {state}{where}"


def target(one: OutgoingMessage) -> str:
    """Its recipient, or its kind."""
    if one.fan is None:
        return _WHAT.get(one.kind, "many")
    return person_label(one.fan, one.display_name, one.handle, digits=one.mistakable)


def _list(said: Sequence[OutgoingMessage]) -> list[str]:
    lines = [f"- {line(one)}" for one in said[:_LISTED]]
    more = len(said) - _LISTED
    return [*lines, f"… and {more} more."] if more > 0 else lines
