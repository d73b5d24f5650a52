"""The name of each kind of effect where it waits for a person (pure)."""

from bot.model.language import msgid, msgid_many

# In a sentence, and counted.
WHAT = {
    "chat.send": (msgid("A reply to {fan}"), msgid_many("{n} reply", "{n} replies")),
    "reply.later": (
        msgid("A scheduled reply to {fan}"),
        msgid_many("{n} scheduled reply", "{n} scheduled replies"),
    ),
    "chat.unsend": (
        msgid("Taking back a message to {fan}"),
        msgid_many("{n} message to take back", "{n} messages to take back"),
    ),
    "chat.mark": (
        msgid("A change of the chat with {fan} on Fanvue"),
        msgid_many("{n} chat to change", "{n} chats to change"),
    ),
    "ping.post": (msgid("A ping about {fan}"), msgid_many("{n} ping", "{n} pings")),
    "ping.message": (msgid("A ping about a message of {fan}"), msgid_many("{n} ping", "{n} pings")),
    "routing.offer": (
        msgid("Choosing who is offered {fan} first"),
        msgid_many("{n} fan to offer", "{n} fans to offer"),
    ),
    "ping.offer": (
        msgid("The offer of pings to a new member"),
        msgid_many("{n} offer of pings", "{n} offers of pings"),
    ),
    "tour.tell": (msgid("The tour of a new member"), msgid_many("{n} tour", "{n} tours")),
    "ping.owed": (msgid("A reminder of a promise to {fan}"), msgid_many("{n} reminder", "{n} reminders")),
    "ping.gone": (
        msgid("Removing a ping about {fan}"),
        msgid_many("{n} ping to remove", "{n} pings to remove"),
    ),
    "thread.open": (msgid("The thread of {fan}"), msgid_many("{n} thread", "{n} threads")),
    "post": (msgid("A line in the thread of {fan}"), msgid_many("{n} line", "{n} lines")),
    "post.join": (msgid("A line in the thread of {fan}"), msgid_many("{n} line", "{n} lines")),
    "history.read": (msgid("A line in the thread of {fan}"), msgid_many("{n} line", "{n} lines")),
    "post.hidden": (
        msgid("A hidden line in the thread of {fan}"),
        msgid_many("{n} hidden line", "{n} hidden lines"),
    ),
    "line.blocked": (
        msgid("A hidden line in the thread of {fan}"),
        msgid_many("{n} hidden line", "{n} hidden lines"),
    ),
    "line.edit": (msgid("A change of a line in the thread of {fan}"), msgid_many("{n} line", "{n} lines")),
    "reply.post": (msgid("The line that shows a reply to {fan}"), msgid_many("{n} line", "{n} lines")),
    "reply.edit": (msgid("The line that shows a reply to {fan}"), msgid_many("{n} line", "{n} lines")),
    "alert": (msgid("An alert"), msgid_many("{n} alert", "{n} alerts")),
    "alert.private": (msgid("A private alert"), msgid_many("{n} private alert", "{n} private alerts")),
    "forum.more": (
        msgid("Another forum for new fans"),
        msgid_many("{n} forum to make", "{n} forums to make"),
    ),
    "digest.read": (msgid("A digest"), msgid_many("{n} digest", "{n} digests")),
    "campaign.look": (
        msgid("The results of a mass message"),
        msgid_many("{n} mass message to check", "{n} mass messages to check"),
    ),
    "digest": (msgid("A digest"), msgid_many("{n} digest", "{n} digests")),
    "digest.private": (msgid("A private digest"), msgid_many("{n} private digest", "{n} private digests")),
    "gone.look": (
        msgid("Removing what is old"),
        msgid_many("{n} thread with old lines", "{n} threads with old lines"),
    ),
    "gone.thread": (
        msgid("Removing an old thread"),
        msgid_many("{n} thread to remove", "{n} threads to remove"),
    ),
    "gone.lines": (
        msgid("Removing old lines"),
        msgid_many("{n} thread with old lines", "{n} threads with old lines"),
    ),
    "gone.mark": (msgid("The line about what was removed"), msgid_many("{n} line", "{n} lines")),
    "proposed.mass": (msgid("A mass message"), msgid_many("{n} mass message", "{n} mass messages")),
    "proposed.mass_change": (
        msgid("A change of a mass message"),
        msgid_many("{n} changed mass message", "{n} changed mass messages"),
    ),
    "proposed.mass_end": (
        msgid("The end of a mass message"),
        msgid_many("{n} ended mass message", "{n} ended mass messages"),
    ),
    "proposed.post": (msgid("A post"), msgid_many("{n} post", "{n} posts")),
    "proposed.postask": (msgid("A suggested post"), msgid_many("{n} suggested post", "{n} suggested posts")),
    "proposed.postedit": (
        msgid("A change of a post"),
        msgid_many("{n} change of a post", "{n} changes of posts"),
    ),
    "proposed.postdelete": (
        msgid("Deleting a post"),
        msgid_many("{n} post to delete", "{n} posts to delete"),
    ),
    "proposed.postpin": (msgid("Pinning a post"), msgid_many("{n} post to pin", "{n} posts to pin")),
    "proposed.postunpin": (msgid("Unpinning a post"), msgid_many("{n} post to unpin", "{n} posts to unpin")),
    "proposed.postcomment": (msgid("A comment"), msgid_many("{n} comment", "{n} comments")),
    "proposed.repost": (msgid("A repost"), msgid_many("{n} repost", "{n} reposts")),
    "proposed.trackcreate": (msgid("A tracking link"), msgid_many("{n} tracking link", "{n} tracking links")),
    "proposed.trackdelete": (
        msgid("Deleting a tracking link"),
        msgid_many("{n} tracking link to delete", "{n} tracking links to delete"),
    ),
}
READING = (msgid("Reading the chat with {fan}"), msgid_many("{n} chat to read", "{n} chats to read"))
PROPOSED = (
    msgid("Something confirmed for the whole creator"),
    msgid_many("{n} confirmed thing", "{n} confirmed things"),
)
