"""The texts of a preview and its end (pure)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.features.publishing.proposals.model import ProposalKind, ProposalPreview, makes_new
from bot.model.errors import DeliveryFailed, TryLater
from bot.model.language import msgid, tr, tr_stored
from bot.model.ports import Button, Post
from storage.engine.drafts import Draft
from storage.records import DiscordId, DraftId, EffectId, EffectState, Link, LinkState, Millis

YES, NO, SHOW = "propose.yes", "propose.no", "propose.show"
STOP = "propose.stop"  # takes back what waits for its time
OTHER = "propose.other"  # shows another proposal in its place
BACK = "compose.go"  # leads to the draft that it came from
MEDIA = "pick.post.open"  # opens the gallery over it
UNDO = "campaigns.end"  # asks whether to cancel or take back what was done
COUNT = "propose.count"  # opens the window in which what confirms it is typed
NOT_YOURS = msgid("This button isn't for one of your previews.")
NOT_TAKEN = msgid("Discord timed out, so this was not done. Please try again.")
_CANCEL_IT = msgid("Cancel it")
FOLLOWED = msgid("You see the result here.")
_MINUTES = msgid("Nothing is done yet. You can confirm this preview for 15 minutes.")
BEHIND = msgid(
    "Fanvue has not confirmed an earlier one yet; this one waits its turn. After a minute you can say in "
    "/inbox problems: It is not there."
)
_HELD_BEHIND = msgid(
    "Fanvue did not confirm an earlier one; this one waits until that is settled. After a minute you can "
    "say in /inbox problems: It is not there."
)
MAY_SAY = msgid(
    "We keep checking, and later ones wait for it. Please check Fanvue and say whether it is there."
)
_ASKED = msgid(
    "We didn't find it on Fanvue, and we never repeat it automatically. Answer in /inbox problems."
)
_GREEN, _AMBER, _RED, _GREY = 0x2E8B57, 0xC9A227, 0xB3261E, 0x6B7280


def preview(draft: DraftId, shown: ProposalPreview, note: str | None = None) -> Post:
    """The private question. `note` stands above everything, if there is something new to say."""
    small = f"{shown.warning}\n{tr(_MINUTES)}" if shown.warning else tr(_MINUTES)
    return Post(
        title=shown.title,
        body=((f"⚠️ **{note}**",) if note else ()) + shown.body,
        small=small,
        accent=_GREY,
        buttons=(
            Button(YES if shown.typed is None else COUNT, draft, _confirms(shown), "primary"),
            *([Button(OTHER, draft, shown.other)] if shown.other else []),
            *([Button(MEDIA, draft, tr("Media …"))] if shown.media else []),
            Button(NO, draft, _no(shown.confirm), "secondary"),
            *([Button(BACK, DraftId(shown.back), tr("Change it"))] if shown.back else []),
        ),
    )


def _confirms(shown: ProposalPreview) -> str:
    """The first person's press in words: where a second one has to confirm it, nothing leaves by it."""
    return tr("Ask for a second confirmation") if shown.second else shown.confirm


def _no(confirm: str) -> str:
    """Beside [Cancel it] nobody should have to guess what [Cancel] cancels."""
    return tr("Keep it") if _cancels(confirm) else tr("Cancel")


def _cancels(confirm: str) -> bool:
    """Whether what it confirms is that something is cancelled; a preview keeps its label as it was said."""
    return confirm in {_CANCEL_IT, tr(_CANCEL_IT)}


def undo(effect: EffectId, label: str | None) -> tuple[Button, ...]:
    """The button that ends what was confirmed, from the press on."""
    return () if label is None else (Button(UNDO, effect, label, "danger"),)


def ended(
    shown: Post, title: str, small: str, state: EffectState | None, buttons: tuple[Button, ...] = ()
) -> Post:
    """The preview without its buttons, with its outcome; `buttons`: the possible next steps."""
    colour = {
        EffectState.DONE: _GREEN,
        EffectState.UNKNOWN: _AMBER,
        EffectState.ABSENT: _AMBER,
        EffectState.REJECTED: _RED,
    }.get(state or EffectState.CANCELLED, _GREY)
    return replace(shown, title=title, small=small, buttons=buttons, accent=colour)


def held(shown: Post, feature: ProposalKind, due: Millis, stop: Button, *, behind: bool) -> Post:
    """A confirmed preview that waits for its time; `stop`: takes it back; `behind`: as in `goes`."""
    title, small = goes(feature.noun, feature.done, due, behind=behind)
    return replace(shown, title=title, small=f"{small} {tr(FOLLOWED)}", buttons=(stop,), accent=_AMBER)


def by(actor: DiscordId, second: DiscordId | None) -> str:
    return f"<@{actor}>" if second is None else tr("<@{actor}> and <@{second}>", actor=actor, second=second)


# Of everything below `noun` and `done` are a kind's own words, as it has them: English.


def goes(noun: str, done: str, due: Millis, *, behind: bool) -> tuple[str, str]:
    """Title and small print of what waits for its time.

    `behind`: one in doubt. What is said then stays true once that one is settled, and when its time is past.
    """
    title = tr("{noun}: is {done} at <t:{due}:T>", noun=tr(noun), done=tr(done), due=due // 1000)
    until = tr("Cancel stops it until then.")
    if behind:
        return tr("{title} at the earliest", title=title), f"{tr(_HELD_BEHIND)} {until}"
    return title, tr("Not {done} yet. {until}", done=tr(done), until=until)


def held_for(noun: str, done: str, due: Millis, who: str, *, behind: bool) -> str:
    """The same for others who may cancel it; never its content."""
    title, small = goes(noun, done, due, behind=behind)
    return tr("{title}, confirmed by {who}. {small}", title=title, who=who, small=small)


def unseen(failed: DeliveryFailed, done: str, again: str) -> str:
    """A failed lookup, so it was not `done`; `again`: the thing to do in a moment."""
    if isinstance(failed, TryLater) and not failed.paused:
        return tr(
            "We can't reach Fanvue right now, so it was not {done}. {again} in a moment.",
            done=tr(done),
            again=again,
        )
    return tr("{reason} Not {done}.", reason=tr_stored(failed.reason), done=tr(done))


def settled(draft: Draft) -> str:
    """The answer to somebody who comes too late."""
    who = tr(" by <@{who}>", who=draft.settled_by) if draft.settled_by else ""
    when = tr(" at <t:{at}:t>", at=draft.settled_at // 1000) if draft.settled_at else ""
    match draft.state:
        case "confirmed":
            return tr("Already confirmed{who}{when}. It runs once, not again.", who=who, when=when)
        case "cancelled":
            return tr("Already cancelled{who}{when}.", who=who, when=when)
        case "refused":
            return tr("Already refused{who}{when}.", who=who, when=when)
        case "replaced":
            return tr("A newer preview replaced this one. This button did nothing.")
        case _:
            return tr("This preview was closed{when}. This button did nothing.", when=when)


def why_closed(
    draft: Draft, feature: ProposalKind, link: Link | None, was: tuple[str, int], *, now: Millis
) -> tuple[str, str] | None:
    """The reason an open draft cannot be confirmed any more: an audit word, and a sentence."""
    done = tr(feature.done)
    again = tr("Not {done}. {again}", done=done, again=tr_stored(feature.again))
    if draft.expires_at is not None and now >= draft.expires_at:
        return "expired", (
            tr("This preview is older than 15 minutes, so it was closed. {again}", again=again)
            if draft.owner is not None
            else tr("This preview waited too long, so it was closed. {again}", again=again)
        )
    if link is None or link.state is LinkState.UNLINKING:
        return "unlinked", tr("This Fanvue account is no longer connected. Not {done}: use /link.", done=done)
    if (link.id, link.generation) != was:
        return "relinked", tr("The Fanvue account was reconnected since this preview. {again}", again=again)
    return None


def again(about: Mapping[str, Any]) -> str:
    """The next step where it was not done; an older effect names only the command."""
    told: str = about["again"]
    return tr_stored(told if told.endswith(".") else makes_new(told))


def overtaken(done: str) -> str:
    """The note above the new preview, where the one that was confirmed no longer held."""
    return tr(
        "This has changed since you saw it, so it was not {done}. Please check it and confirm again.",
        done=tr(done),
    )


def cancelled(confirm: str, done: str) -> str:
    """The answer to the second button; `confirm`: the first one's label."""
    if _cancels(confirm):
        return tr("Kept as is. No changes made.")
    return tr("Cancelled. Not {done}.", done=tr(done))


def state(state: EffectState, reason: str | None, about: Mapping[str, Any]) -> tuple[str, str]:
    """A title and small print for something that did not simply take place; `about`: the effect's body."""
    noun, done, then = tr(about["noun"]), tr(about["done"]), again(about)
    why = tr_stored(reason or "")
    match state:
        case EffectState.UNKNOWN:
            return tr("{noun}: checking…", noun=noun), tr(
                "Fanvue's answer did not arrive. We search its list for up to ten minutes and never repeat "
                "it. After a minute you can say in /inbox problems: It is not there."
            )
        case EffectState.REJECTED:
            title = tr("{noun}: not {done}", noun=noun, done=done)
            return title, f"{why or tr('Fanvue gave no reason.')} {then}"
        case EffectState.CANCELLED:
            return tr("{noun}: not {done}", noun=noun, done=done), f"{why} {then}".strip()
        case EffectState.ABSENT:
            return tr("{noun}: not known whether it was {done}", noun=noun, done=done), tr(_ASKED)
        case _:
            small = tr("{reason} It is {done} once, when that is over.", reason=why, done=done)
            return waits(about["noun"]), small.strip()


def line(how: EffectState, about: Mapping[str, Any]) -> str:
    """The same for the alerts channel, where nobody reads why, or what it says."""
    title, small = state(how, None, about)
    known = how not in (EffectState.UNKNOWN, EffectState.ABSENT)
    return f"{title}. {again(about)}" if known else f"{title.rstrip('…')}. {small}"


def cancelled_by(noun: str, by: int) -> str:
    """The alert's line of one that was taken back while it waited, for everybody who may send them."""
    return tr("{noun}: <@{by}> cancelled it before it was sent.", noun=tr(noun), by=by)


def waits(noun: str) -> str:
    """The title of one that stands behind one in doubt."""
    return tr("{noun}: waiting", noun=tr(noun))


def now(state: EffectState, feature: ProposalKind, *, behind: bool = False) -> str:
    """The status of a proposal confirmed some time ago; `behind`: one in doubt."""
    if behind and state is EffectState.PENDING:
        return tr(BEHIND)
    done = tr(feature.done)
    match state:
        case EffectState.DONE:
            return tr("It was {done}.", done=done)
        case EffectState.REJECTED | EffectState.CANCELLED:
            return tr("It was not {done}.", done=done)
        case EffectState.UNKNOWN | EffectState.ABSENT:
            return tr("It is not known whether it was {done}.", done=done)
        case _:
            return tr("It is on its way.")
