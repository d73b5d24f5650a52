"""The pages a person sees while linking: plain words, no script (pure)."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from string import Template

_STYLE = """
:root { color-scheme: light dark; --ground: #f4f3f7; --card: #fff; --ink: #1d1b26; --soft: #5c5869;
  --line: #e2dfea; --act: #4b3fd1; --act-ink: #fff; --note: #fff6dd; --note-line: #e8c766; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #131218; --card: #1d1b25; --ink: #f1eff7; --soft: #aaa5ba; --line: #34313f;
    --act: #8f86ff; --act-ink: #131218; --note: #2c2717; --note-line: #7a6526; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); line-height: 1.55; font-size: 17px;
  font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
main { max-width: 34rem; margin: 0 auto; padding: 1.25rem 1rem 3rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 16px; padding: 1.5rem; }
.brand { margin: .25rem .25rem 1rem; color: var(--soft); font-size: .9rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .75rem; text-wrap: balance; }
h2 { font-size: 1rem; margin: 1.5rem 0 .35rem; text-wrap: balance; overflow-wrap: anywhere; }
p { margin: 0 0 .9rem; overflow-wrap: anywhere; }
ul, ol { margin: 0 0 .9rem; padding-left: 1.25rem; } li { margin: .2rem 0; overflow-wrap: anywhere; }
.soft { color: var(--soft); font-size: .95rem; }
.note { background: var(--note); border: 1px solid var(--note-line); border-radius: 12px;
  padding: .8rem 1rem; margin: 1rem 0; }
.note p:last-child, .card > :last-child { margin-bottom: 0; }
button { font: inherit; font-weight: 600; width: 100%; min-height: 3rem; margin: .5rem 0 .9rem; border: 0;
  border-radius: 12px; padding: .75rem 1rem; background: var(--act); color: var(--act-ink);
  cursor: pointer; }
button:focus-visible { outline: 3px solid var(--ink); outline-offset: 3px; }
""".strip()

# The policy names the hash of this very text, so not even an injected <style> would apply.
STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()

_FRAME = Template("""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>$title</title>
<style>$style</style>
</head>
<body>
<main>
<p class="brand">Fanvue bridge for Discord</p>
<div class="card">
<h1>$title</h1>
$body
</div>
</main>
</body>
</html>
""")

_START = Template("""<p><strong>$user</strong> asked for this on Discord, in the server
<strong>$guild</strong>.</p>
<div class="note"><p><strong>Is that not you? Did someone send you this link?</strong>
Then close this page. Nothing happens unless you continue.</p></div>
<h2>What happens next</h2>
<ol>
<li>Discord asks who you are, so that nobody else can use this link.</li>
<li>Fanvue asks whether you allow the connection. Sign in with the account you want to connect.</li>
<li>Back in Discord you see the account&#8217;s name and say Yes or No. Only Yes connects it.</li>
</ol>
<h2>What the team on $guild will be able to do</h2>
<ul>$allowed</ul>
<p class="soft">Your passwords stay with Discord and Fanvue; this bridge never sees them.</p>
<h2>How to stop it</h2>
<p>Use <strong>/unlink</strong> in Discord at any time. You can also remove the app in your
settings on Fanvue; that works even when this bridge is switched off.</p>
<form method="post" action="$action">
<input type="hidden" name="csrf" value="$csrf">
<button type="submit">Continue with Discord</button>
</form>
<p class="soft">Changed your mind? Just close this page. The link stops working by itself.</p>""")

# What a scope means for the person who grants it. What is not named here is only technical.
_SCOPES = (
    ("read:chat", "Read your chats with fans, and show them in a private forum"),
    ("write:chat", "Answer your fans in your name, also with paid messages"),
    ("read:fan", "See who your subscribers and followers are"),
    ("read:media", "See your media vault, to attach something to an answer"),
    ("write:media", "Add media to your vault"),
    ("read:post", "See your posts"),
    ("write:post", "Publish posts in your name"),
    ("read:insights", "See your earnings and statistics"),
    ("read:tracking_links", "See your tracking links"),
    ("write:tracking_links", "Make and remove tracking links"),
    ("read:agency", "See the creators of your agency"),
    ("write:agency", "Manage the team of your agency"),
    ("write:creator", "Act for the creators that your agency manages"),
)


@dataclass(frozen=True)
class StartPage:
    """What the first page names."""

    user: str
    guild: str
    scopes: Sequence[str]
    action: str
    csrf: str


def start(page: StartPage) -> str:
    """The page behind a link: who asked, what will be possible, how to stop it."""
    allowed = "".join(f"<li>{escape(text)}</li>" for scope, text in _SCOPES if scope in page.scopes)
    body = _START.substitute(
        user=escape(page.user),
        guild=escape(page.guild),
        allowed=allowed or "<li>See your name on Fanvue</li>",
        action=escape(page.action),
        csrf=escape(page.csrf),
    )
    return _frame("Connect your Fanvue account", body)


def done() -> str:
    """Shown after Fanvue's consent: the last word is said in Discord."""
    return _frame(
        "Almost done: one last question in Discord",
        "<p>Fanvue said yes. <strong>Nothing is connected yet.</strong></p>"
        "<p>Go back to Discord, to the place where you used <strong>/link</strong>. There you see the name "
        "of the account. If it is yours, press <strong>Yes, connect</strong> within 10 minutes.</p>"
        '<p class="soft">You can close this page now.</p>',
    )


def declined() -> str:
    """Shown when the visitor said no on either sign-in page."""
    return _frame(
        "All right, nothing was connected",
        "<p>You said no, so nothing has changed and nothing was kept.</p>"
        "<p>If you want to connect later, use <strong>/link</strong> in Discord again.</p>"
        '<p class="soft">You can close this page now.</p>',
    )


def other_person() -> str:
    """Shown when the Discord account in this browser did not ask for the link (F1)."""
    return _frame(
        "This link belongs to another Discord user",
        "<p>For safety it has been closed, and <strong>nothing was connected</strong>.</p>"
        "<p>If someone sent you this link, you did nothing wrong; just do not continue, and tell the "
        "server&#8217;s team.</p>"
        "<p>If you use two Discord accounts: sign in to the other one in this browser, then use "
        "<strong>/link</strong> in Discord again.</p>",
    )


def problem() -> str:
    """Shown for every failed check; it never says which."""
    return _frame(
        "That did not work",
        "<p>Nothing was connected. The link may have run out, been used already, or been opened in another "
        "browser.</p>"
        "<p>Use <strong>/link</strong> in Discord to get a new one, and finish in the same browser within "
        "10 minutes.</p>",
    )


def busy() -> str:
    """Shown when the bridge cannot store anything right now."""
    return _frame(
        "One moment, please",
        "<p>The bridge cannot be reached right now. Nothing was connected and nothing is lost.</p>"
        "<p>Please wait a minute and open your link again. If it has run out, use <strong>/link</strong> in "
        "Discord.</p>",
    )


def not_found() -> str:
    """Shown for an address that leads nowhere."""
    return _frame(
        "There is nothing here",
        "<p>If you wanted to connect your Fanvue account: use <strong>/link</strong> in Discord to get a "
        "fresh link.</p>",
    )


def _frame(title: str, body: str) -> str:
    return _FRAME.substitute(title=escape(title), style=_STYLE, body=body)
