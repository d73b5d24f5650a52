"""The readme of a file with all that is kept, before all else (pure)."""

from collections.abc import Collection, Mapping
from typing import Final

_BEFORE: Final = (
    "This is all that this bridge stores about the person below, as its database has it.",
    "Times are milliseconds since 1970 (UTC), amounts whole cents. Ids ending in _uuid are Fanvue's.",
    "Numbers of 17 to 20 digits are Discord's ids. Part by part, what each row is:",
)
_AFTER: Final = (
    'A body of {"erased": true} had a text whose time is over.',
    "Not in here: tokens, keys and secrets, and what is about the whole bridge and no creator.",
    "What is on Discord and on Fanvue is there; the bridge's operator has the backups of the database.",
)
_FEWER: Final = (
    "For a single fan only what is about them is here; what is about the creator or the team alone "
    "is in the file of the whole creator."
)
SAYS: Final[Mapping[str, str]] = {
    "creators": "the creator's handle and name.",
    "links": "connections to Fanvue: who made them, when, and what Fanvue allows.",
    "pending_links": "connections that someone is or was lately asked about.",
    "reaches": "which connected accounts manage the creator on Fanvue, as Fanvue said last.",
    "modes": "how texts are shown on Discord, every choice with its time.",
    "retention": "how many days texts, records and lines about money are kept; no row: 30, 400 and 3653.",
    "zones": "in which time zone the creator's days begin; no row: UTC.",
    "digests": "where and when each digest is sent, how exactly, and since when.",
    "digests_told": "which digests were taken care of, by the last day of what each is about.",
    "forums": "the creator's forums and alerts channels on Discord.",
    "setups": "who set each forum up, and for which role.",
    "boards": "the message that lists what needs attention, and a digest of what it shows.",
    "waiting_boards": "the message that says which fans wait, and a digest of what it shows.",
    "drifts": "when it was last compared who can see the channels, and a digest of what was found.",
    "paused_targets": "since when the server blocks the bot, and why.",
    "grants": "who of the team may do what, given and ended by whom and when.",
    "consents": "on which servers the creator is, and who agreed to it for which side.",
    "pauses": "whose sending was paused, by whom, from when to when.",
    "barred": "who was taken out of the team and must not see the channels.",
    "fans": "handles and names; those ending in _folded and _likeness are the same, for searching.",
    "forgotten_fans": "fans who were forgotten, under names that nobody can read; so are some rows of "
    "chat_marks and subscribers.",
    "threads": "where a fan is on Discord.",
    "cards": "what the first message of a fan's thread shows, as a digest, and the thread's tags.",
    "messages": "one row for each message, without its text.",
    "offers": "which items of the vault were or will be sent to a fan, in which message, and when bought.",
    "mass_offers": "which items of the vault mass messages had in them, and when they were sent.",
    "campaigns": (
        "mass messages that were sent through the bridge. effect_id: the row of outbox. "
        "launched_by: who confirmed it. most, least: how many recipients the preview gave. "
        "told: how many times its results were reported to the team. due_at: when next; null: "
        "never again. reached, bought: of one with a price, how many got and bought it by the "
        "last check; null: it has none, or that was not counted."
    ),
    "post_follows": "whether published posts are followed in the forum, who asked for it, and since when.",
    "post_cards": "where a followed post is on Discord. shows: a digest of what its card says.",
    "post_comments": "which comments have a line there, and who wrote them. What the lines say is in outbox.",
    "talks": (
        "how a fan's chat is with the team. state: open or closed. waiting_since: the oldest "
        "message that nobody has answered; null: the fan does not wait. last_in, "
        "last_in_message: the fan's newest message. last_out, last_out_by: the newest answer, "
        "by a member, elsewhere (on Fanvue itself) or automated. settled_until: older messages "
        "need no answer. owner_id: the member who answered last. claimed_by, claimed_since, "
        "claimed_until: who answers now, and until when. snoozed_until: snoozed until then. "
        "aside_by: who snoozed or closed it. version: grows with every change."
    ),
    "chat_marks": "up to which message a chat was read on Fanvue.",
    "subscribers": "who is subscribed, since when that is known, and from where; whether and when it renews.",
    "notes": "what members wrote down about a fan, for themselves.",
    "fan_tags": "short words that members gave a fan, for themselves.",
    "promises": (
        "what a fan was promised: owed_by whom (null: the team), due_at when. state: open, kept or dropped; "
        "what was settled is gone after 14 days. channel_id, message_id: the message that was marked. "
        "reminder_id: the row of outbox that reminded of it."
    ),
    "uploads": (
        "files on their way into the creator's vault, or that were: member_id wanted it (null: "
        "the operator). media_uuid: what it is in the vault. contents: by which the same bytes "
        "are known; the rest says how far it is."
    ),
    "vault_files": "what the bridge put into the creator's vault: media_uuid, when, how large.",
    "list_jobs": (
        "which fans were put on which of the creator's own lists on Fanvue. state: asked, running, stopped "
        "or done. looked: 1 once it was known who was on the list before. "
        "size_before: how many they were. sizing, steps, effect_id: how far it is."
    ),
    "list_rows": (
        "one row for each of those fans, in the order of place. state: waiting, adding, added, there "
        "(before), refused or unsure."
    ),
    "left_out": (
        "which mass messages left fans out, by which list of list_jobs, how many who were in conversation "
        "(live) and how many more who had as many as the cap (over), as of when. state: wanted, building, "
        "ready or failed, with why."
    ),
    "price_limits": "what each role of the team may charge for a reply.",
    "timers": "after how long the team is pinged about a fan who waits.",
    "pings": "which messages of fans a member is pinged about, and their quiet hours.",
    "routing_rules": "which fans are offered to which member or role first, for how many minutes, and who "
    "chose that; number: days, or cents; list_key: a list on Fanvue.",
    "routing_lists": "Fanvue lists that routing_rules name: as of when who is on them is known, whether "
    "that is all (is_whole), why the last look failed, and when they are read next (due_at).",
    "routing_list_fans": "which fans were on these at the last look.",
    "routing_offers": "which fans are offered to a member first now, and until when.",
    "routing_turns": "when each member was offered a fan first the last time.",
    "guard_levels": "how strictly the guard acts on what is written, where someone chose.",
    "guard_words": "the words and phrases that the team forbids for this creator, with their levels, and who "
    "changed them last.",
    "reply_holds": "how long replies wait before they are sent, and who chose that; no row: not at all.",
    "mass_limits": "above how many recipients a mass message asks for their number (empty: never), waits so "
    "many seconds (0: none), and needs a second person (empty: never), and who chose that.",
    "quiet_hours": "between which minutes of the day mass messages ask once more, and who chose that; no "
    "row: never.",
    "mass_caps": (
        "how many mass messages a fan gets within so many days at most (empty: no cap), after how many "
        "hours a conversation is no longer live, and who chose that; no row: no cap, two hours."
    ),
    "alert_rules": "which alerts a channel or a member gets, and where; by kind, and who chose it.",
    "online_told": "which fans were lately reported as online, and to whom (0: the channel).",
    "typed_modes": "whether what is typed in a thread goes to the fan, and what begins with this does not.",
    "typed_members": "goes: a member said yes to that; barred: they learned that theirs stays inside.",
    "typed_messages": "which messages members typed in a fan's thread, and the result of each.",
    "struck_lines": "which lines show messages that were deleted on Fanvue, since when, and by whom.",
    "templates": "answers that the team uses again, of this creator alone.",
    "template_uses": "which reply came from which template.",
    "payments": "lines about money; a fan is there under a pseudonym.",
    "earnings": "Fanvue's list of earnings as it was last read; a fan is there under a pseudonym.",
    "earnings_told": "what live events reported of money, and which line of earnings is the same.",
    "earnings_checks": "the last comparison of these lines with Fanvue's sums.",
    "credit_sent": "which member sent or published what, and when; a fan is there under a pseudonym.",
    "credit_copies": "which mass message a fan's copy of one is of (empty: not known), and when it was sent; "
    "it does not say which fan's.",
    "credit_moves": (
        "which sale was reassigned to which member (empty: to nobody; back: as the rules say), by whom "
        "and why; a fan is there under a pseudonym."
    ),
    "goals": "the earnings goal of a week or a month.",
    "goals_told": "which goals were announced as reached, and when.",
    "subscription_changes": "when subscriptions began, renewed and ended, the fans under pseudonyms.",
    "outbox": "what the bridge did, and what it showed, with the texts.",
    "voices": "through whose Fanvue account something was done.",
    "claims": "which message on Fanvue is which row of outbox.",
    "inbox": "what arrived from Fanvue, with the texts.",
    "heard": "when each kind of event last arrived.",
    "gaps": "times without events, and how many were found afterwards.",
    "watermarks": "how far the creator's chats and payments were read on Fanvue.",
    "commands": "what members of the team typed.",
    "drafts": "questions, previews and windows: who had them, what about, and how they ended.",
    "held_replies": (
        "which drafts are replies that waited for a lead. word_id: the command in which a lead "
        "said why it is returned, or what is sent instead. again_id: the draft in which its "
        "author has the text back. told_at: when the thread showed how it ended; null: it "
        "waits."
    ),
    "mass_requests": "which drafts are mass messages that waited for a second person, and how each ended.",
    "suggested_posts": "which drafts are versions of a suggested post, whose it is, and who changed it.",
    "compositions": "mass messages that members were writing; gone a week after the last step.",
    "proposals": "mass messages and posts as they were previewed.",
    "removals": "messages on Discord whose time is over and that are still to go.",
    "tombstones": "how many messages went from a thread because their time was over.",
    "removed": "how much went from Discord on which day because its time was over.",
    "audit": "who did what; a fan is there under a pseudonym.",
}


def readme(parts: Collection[str], *, of_fan: bool) -> tuple[str, ...]:
    """One line after the other, for a file with these parts."""
    lines = [f"{part}: {SAYS[part]}" for part in parts]
    return (*_BEFORE, *((_FEWER,) if of_fan else ()), *lines, *_AFTER)
