"""The pages a person sees while linking: plain words, no script (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from string import Template

from bot.model.language import msgid, tr
from bot.web.frame import framed

_START = msgid("""<p><strong>$user</strong> asked for this on Discord, in the server
<strong>$guild</strong>.</p>
<div class="note"><p><strong>Is that not you? Did someone send you this link?</strong>
Then close this page. Nothing happens unless you continue.</p></div>
<h2>What happens next</h2>
<ol class="steps">
<li>Discord asks who you are, so that nobody else can use this link.</li>
<li>Fanvue asks whether you allow the connection. Sign in with the account you want to connect.</li>
<li>Back in Discord you see the account&#8217;s name and say Yes or No. Only Yes connects it.</li>
</ol>
$facts
<form method="post" action="$action">
<input type="hidden" name="csrf" value="$csrf">
<button type="submit">Continue with Discord</button>
</form>
<p class="soft">Changed your mind? Just close this page. The link stops working by itself.</p>""")

_HAND_OVER = msgid("""<p class="good">Discord says that you are <strong>$user</strong>, who asked for
this in the server <strong>$guild</strong>.</p>
<p>Next, sign in to Fanvue with the account you want to connect. Fanvue asks whether you allow the bridge what
is listed here. <strong>You may say no there, too.</strong></p>
$facts
<form method="post" action="/link/consent">
<input type="hidden" name="attempt" value="$attempt">
<input type="hidden" name="csrf" value="$csrf">
<button type="submit" name="decision" value="yes">Continue to Fanvue</button>
<button type="submit" name="decision" value="other" class="quiet">Sign in as someone else</button>
<button type="submit" name="decision" value="no" class="quiet">No, connect nothing</button>
</form>""")

# The same on both pages before a sign-in: what is given away, where it goes, how to take it back.
_FACTS = msgid("""<h2>What the team on $guild will be able to see and do</h2>
<ul>$allowed</ul>
<p class="soft">The team are the people you add; <strong>/team show</strong> in Discord shows and changes
who they are. Your passwords stay with Discord and Fanvue: this bridge never sees them.</p>
<h2>Where it goes</h2>
<p>What your fans write is shown in a private forum of that server, so it is on Discord&#8217;s servers
too. <strong>/settings privacy mode</strong> in Discord can cover it or keep it off Discord. The bridge itself
keeps it encrypted on its operator&#8217;s computer, and gives it to nobody else.</p>
<h2>How to stop it</h2>
<p>Use <strong>/account unlink</strong> in Discord at any time. You can also remove the app in your
settings on Fanvue; that works even when this bridge is off.</p>""")

# What a scope means for the person who grants it. What is not named here is only technical.
_SCOPES = (
    ("read:chat", msgid("Read your chats with fans, and show them in a private forum")),
    ("write:chat", msgid("Answer your fans in your name, also with paid messages and to many at once")),
    ("read:fan", msgid("See who your subscribers and followers are")),
    ("read:creator", msgid("Get live news of payments, subscriptions and new followers")),
    ("read:media", msgid("See your media vault, to attach something to an answer")),
    ("write:media", msgid("Add media to your vault")),
    ("read:post", msgid("See your posts")),
    ("write:post", msgid("Publish posts in your name")),
    ("read:insights", msgid("See your earnings and statistics; at first only you do")),
    ("read:tracking_links", msgid("See your tracking links")),
    ("write:tracking_links", msgid("Make and remove tracking links")),
    ("read:agency", msgid("See the creators of your agency")),
    ("write:agency", msgid("Manage the team of your agency")),
    ("write:creator", msgid("Act for the creators that your agency manages")),
)


@dataclass(frozen=True)
class StartPage:
    """The values of the first page."""

    user: str
    guild: str
    scopes: Sequence[str]
    action: str
    csrf: str


@dataclass(frozen=True)
class HandOverPage:
    """The values of the page between the two sign-ins."""

    user: str
    guild: str
    scopes: Sequence[str]
    attempt: str
    csrf: str


def start(page: StartPage) -> str:
    """The page behind a link: who asked, what will be possible, where it goes, how to stop it."""
    body = Template(tr(_START)).substitute(
        user=escape(page.user),
        guild=escape(page.guild),
        facts=_facts(page.guild, page.scopes),
        action=escape(page.action),
        csrf=escape(page.csrf),
    )
    return framed(tr("Connect your Fanvue account"), body)


def hand_over(page: HandOverPage) -> str:
    """The page after Discord's sign-in: who it is, and once more what Fanvue will ask for."""
    body = Template(tr(_HAND_OVER)).substitute(
        user=escape(page.user),
        guild=escape(page.guild),
        facts=_facts(page.guild, page.scopes),
        attempt=escape(page.attempt),
        csrf=escape(page.csrf),
    )
    return framed(tr("It's you. Now Fanvue"), body)


def done(user: str | None = None, guild: str | None = None) -> str:
    """Shown after Fanvue's consent: the last word is said in Discord. None: not known any more."""
    return framed(
        tr("Almost done: one last question in Discord"),
        tr(
            "<p>Fanvue said yes. <strong>Nothing is connected yet.</strong></p><p>{way} "
            "There you see "
            "the name of the account. If it is yours, press <strong>Yes, connect</strong> within "
            "10 minutes.</p><p>With No, or no answer, your account is not connected, and we tell "
            "Fanvue to forget the permission. Later, <strong>/account unlink</strong> in Discord "
            'or removing the app on Fanvue ends it.</p><p class="soft">You can close this page '
            "now.</p>",
            way=_way_back(user, guild),
        ),
    )


def declined() -> str:
    """Shown when the visitor said no on either sign-in page."""
    return framed(
        tr("All right, not connected"),
        tr(
            "<p>You said no, so nothing has changed and nothing was kept.</p><p>If you want to "
            'connect later, use <strong>/link</strong> in Discord again.</p><p class="soft">You '
            "can close this page now.</p>"
        ),
    )


def other_person() -> str:
    """Shown when the Discord account in this browser did not ask for the link (F1)."""
    return framed(
        tr("This link belongs to another Discord user"),
        tr(
            "<p>For safety it is closed, and <strong>not connected</strong>.</p><p>If someone "
            "sent you this link, you did nothing wrong; just do not continue, and tell the "
            "server&#8217;s team.</p><p>If you use two Discord accounts: sign in to the other "
            "one in this browser, then use <strong>/link</strong> in Discord again.</p>"
        ),
    )


def problem() -> str:
    """Shown for every failed check; it never says which."""
    return framed(
        tr("That did not work"),
        tr(
            "<p>Your account is not connected. The link may have expired, been used already, or "
            "been opened in another browser.</p><p>Use <strong>/link</strong> in Discord to get "
            "a new one, and finish in the same browser within 10 minutes.</p>"
        ),
    )


def ended(said: str) -> str:
    """The page where Fanvue ended a link, or left out what it takes: the cause and the remedy."""
    words = escape(said).replace("`doctor`", "<strong>doctor</strong>")
    return framed(
        tr("Not connected"),
        tr("<p>{words}</p><p>Use <strong>/link</strong> in Discord to start again.</p>", words=words),
    )


def busy() -> str:
    """Shown when the bridge cannot store anything right now."""
    return framed(
        tr("One moment, please"),
        tr(
            "<p>We can't reach the bridge right now. Your account is not connected, and nothing "
            "is lost.</p><p>Please wait a minute and open your link again. If it has expired, "
            "use <strong>/link</strong> in Discord.</p>"
        ),
    )


def not_found() -> str:
    """Shown for an address that leads nowhere."""
    return framed(
        tr("There is nothing here"),
        tr(
            "<p>If you wanted to connect your Fanvue account: use <strong>/link</strong> in "
            "Discord to get a fresh link.</p>"
        ),
    )


def _way_back(user: str | None, guild: str | None) -> str:
    if user is not None and guild is not None:
        return tr(
            "<strong>{user}</strong>, go back to Discord, to the server <strong>{guild}</strong>, "
            "to the place where you used <strong>/link</strong>.",
            user=escape(user),
            guild=escape(guild),
        )
    if user is not None:
        return tr(
            "<strong>{user}</strong>, go back to Discord, to the place where you used "
            "<strong>/link</strong>.",
            user=escape(user),
        )
    if guild is not None:
        return tr(
            "Go back to Discord, to the server <strong>{guild}</strong>, to the place where you "
            "used <strong>/link</strong>.",
            guild=escape(guild),
        )
    return tr("Go back to Discord, to the place where you used <strong>/link</strong>.")


def _facts(guild: str, scopes: Sequence[str]) -> str:
    allowed = "".join(f"<li>{escape(tr(text))}</li>" for scope, text in _SCOPES if scope in scopes)
    return Template(tr(_FACTS)).substitute(
        guild=escape(guild), allowed=allowed or tr("<li>See your name on Fanvue</li>")
    )
