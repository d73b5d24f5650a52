"""What a page of the audit says: who did what, for whom, with which result (pure)."""

from collections.abc import Mapping, Sequence

from bot.audit.words import BECAME, BEGUN, DID, DONE, WAS
from bot.audit.wording_lists import LISTS
from bot.relay.ports import Button, Post
from bot.relay.render import fan_label
from bot.relay.safe_text import one_line, safe
from bot.relay.voices import is_way
from storage.acts import Act, Result
from storage.records import Fan, Millis, Pseudonym

NOTHING = "Nothing is written down that fits."
CLOSED = "This list was closed. Run /audit again."
WHICH_FAN = "Choose the fan from the list that comes up while you type."
_LONGEST = 120  # characters of a word that is not one of ours

# What can be asked for, and the beginnings of its actions.
KINDS: Mapping[str, tuple[str, ...]] = {
    "replies": ("reply",),
    "claims": ("talk",),
    "chats on Fanvue": ("chat",),
    "templates": ("template",),
    "prices": ("price",),
    "the guard": ("guard",),
    "mass messages": ("mass", "proposed"),
    "posts": ("post", "proposed"),
    "lists of fans": ("list",),
    "what waited": ("problem", "proposed"),
    "connections": ("link",),
    "settings": ("digest", "zone", "inbox", "privacy", "setup", "hold"),
    "notes and tags": ("note", "tag"),
    "promises": ("promise",),
    "looking": ("hidden", "media", "review"),
    "team and pauses": ("team", "pause", "steward"),
}
DENIED = "what was not allowed"

_DID = {
    "reply": "replied to {fan}",
    "reply.again": "had a reply to {fan} sent again",
    "reply.check": "wanted to reply to {fan}",
    "reply.approve": "approved a reply to {fan}",
    "reply.approve_edited": "edited and approved a reply to {fan}",
    "reply.return": "returned a reply to {fan} to its writer",
    "reply.take_back": "took a reply to {fan} back before a lead decided",
    "reply.expire": "ended a reply to {fan} about which no lead decided",
    "reply.cancel": "cancelled a reply to {fan} before it was sent",
    "reply.discard": "threw a reply to {fan} away before it left",
    "reply.drop": "discarded a reply to {fan}",
    "reply.unsend": "asked to take a message to {fan} back",
    "price.limits": "set limits of prices for a role",
    "guard.set": "set how strictly the guard acts",
    "guard.payment": "wrote to {fan} what reads like payment outside Fanvue",
    "guard.contacts": "wrote to {fan} what reads like contact outside Fanvue",
    "guard.meeting": "wrote to {fan} what reads like meeting in person",
    "guard.age": "wrote to {fan} what reads like a minor",
    "guard.presence": "wrote to {fan} what reads like a promise of who is writing",
    "guard.payment.all": "wrote for many what reads like payment outside Fanvue",
    "guard.contacts.all": "wrote for many what reads like contact outside Fanvue",
    "guard.meeting.all": "wrote for many what reads like meeting in person",
    "guard.age.all": "wrote for many what reads like a minor",
    "guard.presence.all": "wrote for many what reads like a promise of who is writing",
    "template.add": "wrote a template",
    "template.edit": "changed a template",
    "template.export": "was handed a file with templates",
    "template.import": "imported a file with templates",
    "template.remove": "removed a template",
    "talk.claim": "claimed {fan}",
    "talk.take": "claimed {fan}, whom somebody else was answering",
    "talk.anyway": "answers {fan}, although somebody else was doing so",
    "talk.release": "let {fan} go",
    "talk.hand_over": "handed {fan} over",
    "talk.snooze": "snoozed {fan}",
    "talk.close": "closed {fan}",
    "talk.reopen": "brought {fan} back in sight",
    "chat.read": "had the chat with {fan} marked as read on Fanvue",
    "chat.mute": "had the chat with {fan} muted or unmuted on Fanvue",
    "chat.nickname": "changed the nickname of {fan} on Fanvue",
    "note.add": "wrote a note on {fan}",
    "note.edit": "changed a note on {fan}",
    "note.remove": "took a note on {fan} away",
    "promise.add": "promised {fan} something",
    "promise.change": "changed a promise to {fan}",
    "promise.keep": "marked a promise to {fan} as kept",
    "promise.drop": "dropped a promise to {fan}",
    "tag.add": "gave {fan} a tag",
    "tag.remove": "took a tag from {fan}",
    "mass.propose": "looked at a mass message before sending it",
    "mass.press": "decided about a mass message",
    "post.propose": "looked at a post before publishing it",
    "post.press": "decided about a post",
    **LISTS,
    "proposed.was": "said that it is on Fanvue",
    "proposed.was_not": "said that it is not on Fanvue",
    "problem.again": "had something done again",
    "problem.drop": "chose to leave something as it is",
    "problem.now": "had what was paused tried at once",
    "link.connected": "connected the Fanvue account",
    "link.dropped": "did not connect the Fanvue account",
    "link.ended": "disconnected the Fanvue account",
    "link.taken": "disconnected a removed member's Fanvue account",
    "link.operator": "disconnected the Fanvue account, as whoever runs it had said",
    "link.failed": "could not connect a Fanvue account",
    "link.relink_required": "was signed out by Fanvue",
    "link.scopes_lost": "is allowed less by Fanvue",
    "inbox.timers": "set when the team is pinged about who waits",
    "typed.on": "had what is typed in the threads go to the fans",
    "typed.off": "had what is typed in the threads stay inside",
    "hold.set": "chose how long replies wait before they are sent",
    "digest.set": "set the daily digest",
    "digest.off": "ended the daily digest",
    "zone.set": "chose the time zone",
    "privacy.mode": "chose how texts are shown",
    "privacy.removed": "removed what was old",
    "privacy.retention": "chose how long texts are kept",
    "privacy.forget": "forgot a fan",
    "privacy.erase": "erased everything about the creator",
    "privacy.export": "was handed a file with what is kept",
    "audit.pruned": "ended what the audit kept for long enough",
    "setup": "set the channels up",
    "hidden.show": "looked at a hidden line of {fan}",
    "media.show": "looked at media of the vault",
    "review.sent": "read what others had sent",
    "review.file": "was handed a list of what was sent or stopped as a file",
    "team.leave": "took the word back that lets this server in",
    "team.return": "gave the word again that lets this server in",
    "team.grant": "said what somebody may do",
    "team.revoke": "took away what somebody was granted",
    "team.remove": "took somebody out of the team",
    "pause.on": "paused what is sent",
    "pause.off": "ended a pause",
    "steward.begun": "stands in for the owner",
    "steward.ended": "no longer stands in for the owner",
    "steward.taken": "ended that a removed member stood in for the owner",
    "steward.operator": "ended that somebody stood in for the owner, as whoever runs it had said",
    "steward.let_go": "was told by Fanvue that nobody stands in for the owner any more",
}
_BECAME = {
    "accepted": "on its way",
    "confirmed": "on its way",
    "asked": "asked to look once more",
    "refused": "not let through",
    "held": "kept for a lead",
    "warned": "was asked about it",
    "blocked": "not let through",
    "anyway": "was to go out all the same",
    "rejected": "refused by Fanvue",
    "unknown": "not sure yet: it is being looked for",
    "absent": "not found on Fanvue",
    "cancelled": "given up",
    "replaced": "it had changed, and was shown anew",
    "changed": "it had changed, so it did not go out",
    "too late": "somebody was faster",
    "done": "done",
}
_WAS = {"unknown": "not sure yet"}  # where something else became of it since
_DONE = {
    "reply": "sent",
    "reply.again": "sent",
    "reply.unsend": "taken back",
    "mass.press": "sent",
    "post.press": "published",
}
_BEGUN = frozenset({"accepted", "confirmed"})  # says nothing any more once something became of it
_SHOWN = 4  # results of one act: the first, and the newest
_ROOM = 3700  # characters of a page, of the 4000 that a message can have
_SAME_DAY: Millis = 12 * 3_600_000  # within it the time alone says when


def page(
    acts: Sequence[Act],
    fans: Mapping[Pseudonym, Fan],
    *,
    about: str,
    newer: str | None,
    older: str | None,
) -> Post:
    """One page, newest first; `newer` and `older` are what the buttons carry."""
    buttons = []
    if newer is not None:
        buttons.append(Button("audit.page", newer, "◀ Newer"))
    if older is not None:
        buttons.append(Button("audit.page", older, "Older ▶"))
    lines = _fitting(acts, fans) or [NOTHING]
    return Post(title="Who did what", body=tuple(lines), small=about or None, buttons=tuple(buttons))


def _fitting(acts: Sequence[Act], fans: Mapping[Pseudonym, Fan]) -> list[str]:
    """A line for each; where all is too much for a message, the longest say their newest result alone."""
    lines = [told(act, fans) for act in acts]
    for number in sorted(range(len(lines)), key=lambda one: -len(lines[one])):
        if sum(len(line) + 1 for line in lines) > _ROOM:
            lines[number] = told(acts[number], fans, brief=True)
    return lines


def told(act: Act, fans: Mapping[Pseudonym, Fan], *, brief: bool = False) -> str:
    """One act: `19:04 · @anna replied to Max @max · not sure yet 19:04 → sent 19:06 · as … · #thread`."""
    line = act.line
    who = f"<@{line.actor}>" if line.actor is not None else "The bridge"
    fan = f"**{_fan(line.fan, fans)}**" if line.fan is not None else "a fan"
    if line.outcome == "denied":
        said = [f"{who} tried “{_word(line.action)}”", "not allowed"]
    else:
        did = DID.get(line.action, f"“{_word(line.action)}”").format(fan=fan)
        said = [f"{who} {did}", *_became(act, brief=brief)]
    if line.channel is not None:
        said.append(f"<#{line.channel}>")
    return " · ".join((f"<t:{line.at // 1000}:f>", *said))


def _became(act: Act, *, brief: bool) -> list[str]:
    """What became of it, each result with its time where there were several, and through whose account."""
    line = act.line
    ways = [result.outcome for result in act.results if is_way(result.outcome)]
    results = [result for result in act.results if not is_way(result.outcome)]
    if line.outcome not in BEGUN or not results:
        results.insert(0, Result(line.at, line.outcome))
    if len(results) == 1:
        return [_outcome(line.action, results[0].outcome), *map(_word, ways[-1:])]
    *over, last = results
    said = [WAS.get(one.outcome, _outcome(line.action, one.outcome)) for one in over]
    said.append(_outcome(line.action, last.outcome))
    shown = [f"{words} {_when(one.at, since=line.at)}" for words, one in zip(said, results, strict=True)]
    if brief:
        shown[:-1] = ["…"]
    elif len(shown) > _SHOWN:
        shown[1 : 1 - _SHOWN] = ["…"]
    return [" → ".join(shown), *map(_word, ways[-1:])]


def _when(at: Millis, *, since: Millis) -> str:
    return f"<t:{at // 1000}:{'t' if at - since < _SAME_DAY else 'f'}>"


def _outcome(action: str, outcome: str) -> str:
    if outcome == "done" and action in DONE:
        return DONE[action]
    return BECAME.get(outcome, _word(outcome))


def _fan(name: Pseudonym, fans: Mapping[Pseudonym, Fan]) -> str:
    fan = fans.get(name)
    return fan_label(fan) if fan is not None else f"a forgotten fan · {name[:4]}"


def _word(text: str) -> str:
    return safe(one_line(text, _LONGEST))
