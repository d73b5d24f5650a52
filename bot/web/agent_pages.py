"""The pages that a person sees while an agent waits to be let in (pure).

The page that waits has one small script of its own, which asks whether somebody has answered: a page that
loads itself anew would begin again for whoever hears it read out. Without it there is a button.
"""

import base64
import hashlib
from html import escape
from string import Template
from typing import Final

from bot.model.language import msgid, tr
from bot.web.frame import framed
from bot.web.link_page_headers import headers

CONSENT: Final = "/oauth/consent"
STATE: Final = CONSENT + "/state"
WAITS: Final = "waiting"

_SCRIPT: Final = f"""
(() => {{
  const ask = async () => {{
    try {{
      const answer = await fetch("{STATE}", {{ cache: "no-store" }});
      if (answer.ok && (await answer.text()) !== "{WAITS}") {{ location.replace("{CONSENT}"); return; }}
    }} catch {{ /* it asks again */ }}
    setTimeout(ask, 2500);
  }};
  setTimeout(ask, 2500);
}})();
""".strip()
_SCRIPT_HASH: Final = base64.b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode()

_WAITING = msgid("""<p>An app that calls itself <strong>$name</strong> asks. Nobody checked that name; its
answers go to <strong>$host</strong>.</p>
<h2>To connect it</h2>
<ol>
<li>In Discord, on the creator&#8217;s server, type<br><code>/settings keys connect code:$code</code></li>
<li>Press <strong>Connect</strong> there, and choose what it may read. Only the person who connected the
creator can.</li>
<li>Come back here. This page goes on by itself, for 10 minutes.</li>
</ol>
<a class="button" href="$go_on">I have pressed Connect</a>
<div class="note"><p><strong>Did you not ask for this?</strong> Close this page. Never type a code that
someone sent you: they would get the access.</p></div>""")


def page_headers() -> dict[str, str]:
    """As of the link pages, with our one script. A window that opened this one may hear that it is done."""
    found = headers((), script=_SCRIPT_HASH)
    del found["Cross-Origin-Opener-Policy"]
    return found


def waiting(*, name: str, host: str, code: str) -> str:
    """Which app asks, and what to type."""
    body = Template(tr(_WAITING)).substitute(
        name=escape(name), host=escape(host), code=escape(code), go_on=CONSENT
    )
    return framed(tr("Connect an app"), body, _SCRIPT)


def over() -> str:
    """Nothing waits for this browser."""
    return framed(
        tr("Nothing waits here"),
        tr(
            "<p>This was answered already, is older than 10 minutes, or began in another browser.</p>"
            "<p>Start again in your app. An app that is connected shows it itself.</p>"
        ),
    )


def wrong(said: str, back: str | None, host: str) -> str:
    """The app asks for something that is not here. `back`: where it learns that; nobody is sent there."""
    words = tr(
        "<p>The app asks in a way that does not work here, so nothing is connected.</p>"
        '<p class="soft">For its makers: {said}</p>',
        said=escape(said),
    )
    link = (
        f'<a class="button" href="{escape(back)}" rel="noreferrer">'
        + tr("Back to {host}", host=escape(host))
        + "</a>"
        if back
        else ""
    )
    return framed(tr("That did not work"), words + link)


def busy() -> str:
    """No more may wait, or the database does not answer."""
    return framed(
        tr("One moment, please"),
        tr("<p>Too many ask just now. Nothing is connected. Wait a minute, and start again in your app.</p>"),
    )
