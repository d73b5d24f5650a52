"""The readme of a file with all that is kept, before all else (pure)."""

from collections.abc import Collection, Mapping
from typing import Final

from bot.model.language import msgid, tr

_BEFORE: Final = (
    msgid("This is all that this bridge stores about the person below, as its database has it."),
    msgid("Times are milliseconds since 1970 (UTC), amounts whole cents. Ids ending in _uuid are Fanvue's."),
    msgid("Numbers of 17 to 20 digits are Discord's ids. Part by part, what each row is:"),
)
_AFTER: Final = (
    msgid('A body of {"erased": true} had a text whose time is over.'),
    msgid("Not in here: tokens, keys and secrets, and what is about the whole bridge and no creator."),
    msgid(
        "What is on Discord and on Fanvue is there; the bridge's operator has the backups of the database."
    ),
)
_FEWER: Final = msgid(
    "For a single fan only what is about them is here; what is about the creator or the "
    "team alone is in the file of the whole creator."
)
SAYS: Final[Mapping[str, str]] = {
    "creators": msgid("the creator's handle and name."),
    "links": msgid("connections to Fanvue: who made them, when, and what Fanvue allows."),
    "pending_links": msgid("connections that someone is or was lately asked about."),
    "reaches": msgid("which connected accounts manage the creator on Fanvue, as Fanvue said last."),
    "modes": msgid("how texts are shown on Discord, every choice with its time."),
    "retention": msgid(
        "how many days texts, records and lines about money are kept; no row: 30, 400 and 3653."
    ),
    "zones": msgid("in which time zone the creator's days begin; no row: UTC."),
    "digests": msgid("where and when each digest is sent, how exactly, and since when."),
    "digests_told": msgid("which digests were taken care of, by the last day of what each is about."),
    "forums": msgid("the creator's forums and alerts channels on Discord."),
    "setups": msgid("who set each forum up, and for which role."),
    "boards": msgid("the message that lists what needs attention, and a digest of what it shows."),
    "waiting_boards": msgid("the message that says which fans wait, and a digest of what it shows."),
    "drifts": msgid("when it was last compared who can see the channels, and a digest of what was found."),
    "paused_targets": msgid("since when the server blocks the bot, and why."),
    "grants": msgid("who of the team may do what, given and ended by whom and when."),
    "api_keys": msgid("the keys that programs have: as which role, until when, and when last used."),
    "api_key_scopes": msgid("what each of those keys opens beside lists and figures."),
    "program_webhooks": msgid("the webhooks at which programs hear of events."),
    "agent_grants": msgid("agents that signed in, by their keys."),
    "draft_rules": msgid("which drafts of programs are sent without a press, and who allowed it."),
    "consents": msgid("on which servers the creator is, and who agreed to it for which side."),
    "pauses": msgid("whose sending was paused, by whom, from when to when."),
    "barred": msgid("who was taken out of the team and must not see the channels."),
    "fans": msgid("handles and names; those ending in _folded and _likeness are the same, for searching."),
    "forgotten_fans": msgid(
        "fans who were forgotten, under names that nobody can read; so are some rows of "
        "chat_marks and subscribers."
    ),
    "threads": msgid("where a fan is on Discord."),
    "cards": msgid("what the first message of a fan's thread shows, as a digest, and the thread's tags."),
    "messages": msgid("one row for each message, without its text."),
    "offers": msgid(
        "which items of the vault were or will be sent to a fan, in which message, and when bought."
    ),
    "mass_offers": msgid("which items of the vault mass messages had in them, and when they were sent."),
    "campaigns": msgid(
        "mass messages that were sent through the bridge. effect_id: the row of outbox. "
        "launched_by: who confirmed it. most, least: how many recipients the preview gave. "
        "told: how many times its results were reported to the team. due_at: when next; "
        "null: never again. reached, bought: of one with a price, how many got and bought it "
        "by the last check; null: it has none, or that was not counted."
    ),
    "post_follows": msgid(
        "whether published posts are followed in the forum, who asked for it, and since when."
    ),
    "post_cards": msgid("where a followed post is on Discord. shows: a digest of what its card says."),
    "post_comments": msgid(
        "which comments have a line there, and who wrote them. What the lines say is in outbox."
    ),
    "talks": msgid(
        "how a fan's chat is with the team. state: open or closed. waiting_since: the oldest "
        "message that nobody has answered; null: the fan does not wait. last_in, "
        "last_in_message: the fan's newest message. last_out, last_out_by: the newest "
        "answer, by a member, elsewhere (on Fanvue itself) or automated. settled_until: "
        "older messages need no answer. owner_id: the member who answered last. claimed_by, "
        "claimed_since, claimed_until: who answers now, and until when. snoozed_until: "
        "snoozed until then. aside_by: who snoozed or closed it. version: grows with every "
        "change."
    ),
    "chat_marks": msgid("up to which message a chat was read on Fanvue."),
    "subscribers": msgid(
        "who is subscribed, since when that is known, and from where; whether and when it renews."
    ),
    "notes": msgid("what members wrote down about a fan, for themselves."),
    "fan_tags": msgid("short words that members gave a fan, for themselves."),
    "promises": msgid(
        "what a fan was promised: owed_by whom (null: the team), due_at when. state: open, "
        "kept or dropped; what was settled is gone after 14 days. channel_id, message_id: "
        "the message that was marked. reminder_id: the row of outbox that reminded of it."
    ),
    "uploads": msgid(
        "files on their way into the creator's vault, or that were: member_id wanted it "
        "(null: the operator). media_uuid: what it is in the vault. contents: by which the "
        "same bytes are known; the rest says how far it is."
    ),
    "vault_files": msgid("what the bridge put into the creator's vault: media_uuid, when, how large."),
    "list_jobs": msgid(
        "which fans were put on which of the creator's own lists on Fanvue. state: asked, "
        "running, stopped or done. looked: 1 once it was known who was on the list before. "
        "size_before: how many they were. sizing, steps, effect_id: how far it is."
    ),
    "list_rows": msgid(
        "one row for each of those fans, in the order of place. state: waiting, adding, "
        "added, there (before), refused or unsure."
    ),
    "left_out": msgid(
        "which mass messages left fans out, by which list of list_jobs, how many who were in "
        "conversation (live) and how many more who had as many as the cap (over), as of "
        "when. state: wanted, building, ready or failed, with why."
    ),
    "price_limits": msgid("what each role of the team may charge for a reply."),
    "timers": msgid("after how long the team is pinged about a fan who waits."),
    "pings": msgid("which messages of fans a member is pinged about, and their quiet hours."),
    "languages": msgid("in which language a member is answered; member_id 0: what everyone reads."),
    "routing_rules": msgid(
        "which fans are offered to which member or role first, for how many minutes, and who "
        "chose that; number: days, or cents; list_key: a list on Fanvue."
    ),
    "routing_lists": msgid(
        "Fanvue lists that routing_rules name: as of when who is on them is known, whether "
        "that is all (is_whole), why the last look failed, and when they are read next "
        "(due_at)."
    ),
    "routing_list_fans": msgid("which fans were on these at the last look."),
    "routing_offers": msgid("which fans are offered to a member first now, and until when."),
    "routing_turns": msgid("when each member was offered a fan first the last time."),
    "guard_levels": msgid("how strictly the guard acts on what is written, where someone chose."),
    "guard_words": msgid(
        "the words and phrases that the team forbids for this creator, with their levels, "
        "and who changed them last."
    ),
    "reply_holds": msgid(
        "how long replies wait before they are sent, and who chose that; no row: not at all."
    ),
    "mass_limits": msgid(
        "above how many recipients a mass message asks for their number (empty: never), "
        "waits so many seconds (0: none), and needs a second person (empty: never), and who "
        "chose that."
    ),
    "quiet_hours": msgid(
        "between which minutes of the day mass messages ask once more, and who chose that; no row: never."
    ),
    "mass_caps": msgid(
        "how many mass messages a fan gets within so many days at most (empty: no cap), "
        "after how many hours a conversation is no longer live, and who chose that; no row: "
        "no cap, two hours."
    ),
    "alert_rules": msgid("which alerts a channel or a member gets, and where; by kind, and who chose it."),
    "online_told": msgid("which fans were lately reported as online, and to whom (0: the channel)."),
    "assistant_consents": msgid(
        "what an assistant may do for this creator, on which server, and who allowed it."
    ),
    "typed_modes": msgid(
        "whether what is typed in a thread goes to the fan, and what begins with this does not."
    ),
    "typed_members": msgid("goes: a member said yes to that; barred: they learned that theirs stays inside."),
    "typed_messages": msgid("which messages members typed in a fan's thread, and the result of each."),
    "struck_lines": msgid("which lines show messages that were deleted on Fanvue, since when, and by whom."),
    "templates": msgid("answers that the team uses again, of this creator alone."),
    "template_uses": msgid("which reply came from which template."),
    "payments": msgid("lines about money; a fan is there under a pseudonym."),
    "earnings": msgid("Fanvue's list of earnings as it was last read; a fan is there under a pseudonym."),
    "earnings_told": msgid("what live events reported of money, and which line of earnings is the same."),
    "earnings_checks": msgid("the last comparison of these lines with Fanvue's sums."),
    "credit_sent": msgid("which member sent or published what, and when; a fan is there under a pseudonym."),
    "credit_copies": msgid(
        "which mass message a fan's copy of one is of (empty: not known), and when it was "
        "sent; it does not say which fan's."
    ),
    "credit_moves": msgid(
        "which sale was reassigned to which member (empty: to nobody; back: as the rules "
        "say), by whom and why; a fan is there under a pseudonym."
    ),
    "goals": msgid("the earnings goal of a week or a month."),
    "goals_told": msgid("which goals were announced as reached, and when."),
    "subscription_changes": msgid("when subscriptions began, renewed and ended, the fans under pseudonyms."),
    "outbox": msgid(
        "what the bridge did, and what it showed, with the texts. draft_id, drafted: which draft "
        "was sent, who drafted it, and how much was changed."
    ),
    "voices": msgid("through whose Fanvue account something was done."),
    "claims": msgid("which message on Fanvue is which row of outbox."),
    "inbox": msgid("what arrived from Fanvue, with the texts."),
    "heard": msgid("when each kind of event last arrived."),
    "gaps": msgid("times without events, and how many were found afterwards."),
    "watermarks": msgid("how far the creator's chats and payments were read on Fanvue."),
    "commands": msgid("what members of the team typed."),
    "drafts": msgid("questions, previews and windows: who had them, what about, and how they ended."),
    "held_replies": msgid(
        "which drafts are replies that waited for a lead. word_id: the command in which a "
        "lead said why it is returned, or what is sent instead. again_id: the draft in which "
        "its author has the text back. told_at: when the thread showed how it ended; null: "
        "it waits."
    ),
    "mass_requests": msgid(
        "which drafts are mass messages that waited for a second person, and how each ended."
    ),
    "suggested_posts": msgid(
        "which drafts are versions of a suggested post, whose it is, and who changed it."
    ),
    "compositions": msgid("mass messages that members were writing; gone a week after the last step."),
    "proposals": msgid("mass messages and posts as they were previewed."),
    "removals": msgid("messages on Discord whose time is over and that are still to go."),
    "tombstones": msgid("how many messages went from a thread because their time was over."),
    "removed": msgid("how much went from Discord on which day because its time was over."),
    "audit": msgid("who did what; a fan is there under a pseudonym."),
}


def readme(parts: Collection[str], *, of_fan: bool) -> tuple[str, ...]:
    """One line after the other, for a file with these parts."""
    lines = [f"{part}: {tr(SAYS[part])}" for part in parts]
    return (*map(tr, _BEFORE), *((tr(_FEWER),) if of_fan else ()), *lines, *map(tr, _AFTER))
