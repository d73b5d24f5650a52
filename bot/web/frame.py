"""The look of the link pages: one style, nothing from elsewhere (pure)."""

import base64
import hashlib
from html import escape
from string import Template

from bot.model.language import language, tr

STYLE = """
:root { color-scheme: light dark; --ground: #f4f3f7; --card: #fff; --ink: #1d1b26; --soft: #5c5869;
  --line: #e2dfea; --act: #4b3fd1; --act-ink: #fff; --note: #fff6dd; --note-line: #e8c766;
  --good: #1b6b3a; --bad: #b3261e; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #131218; --card: #1d1b25; --ink: #f1eff7; --soft: #aaa5ba; --line: #34313f;
    --act: #8f86ff; --act-ink: #131218; --note: #2c2717; --note-line: #7a6526;
    --good: #7fd6a0; --bad: #ffb4ab; } }
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
p, li { text-wrap: pretty; }
.soft { color: var(--soft); font-size: .95rem; }
.note { background: var(--note); border: 1px solid var(--note-line); border-radius: 12px;
  padding: .8rem 1rem; margin: 1rem 0; }
.note p:last-child, .card > :last-child { margin-bottom: 0; }
button { font: inherit; font-weight: 600; width: 100%; min-height: 3rem; margin: .5rem 0 .9rem; border: 0;
  border-radius: 12px; padding: .75rem 1rem; background: var(--act); color: var(--act-ink);
  cursor: pointer; }
button.quiet { margin-top: 0; background: transparent; color: var(--ink); border: 1px solid var(--line); }
a { color: var(--act); overflow-wrap: anywhere; }
a.button { display: block; text-align: center; text-decoration: none; font-weight: 600; border-radius: 12px;
  padding: .75rem 1rem; margin: .5rem 0 .9rem; border: 1px solid var(--act); }
code { font-family: ui-monospace, "SF Mono", Consolas, monospace; font-size: .9em; background: var(--ground);
  border-radius: 6px; padding: .1rem .3rem; overflow-wrap: anywhere; user-select: all; }
.field { border-top: 1px solid var(--line); padding: .9rem 0; scroll-margin-top: 1rem; }
.field h2 { margin: 0 0 .5rem; font-size: 1.05rem; } .field form { margin: 0; }
summary { cursor: pointer; font-weight: 600; font-size: 1.05rem; overflow-wrap: anywhere; }
summary.quiet { color: var(--act); font-weight: 400; font-size: .95rem; text-decoration: underline; }
.change { float: right; color: var(--act); font-weight: 400; font-size: .95rem; text-decoration: underline; }
[open] > summary .change { display: none; }
summary .soft { display: block; font-weight: 400; padding-left: 1.6rem; }
summary::marker { content: ""; } summary::-webkit-details-marker { display: none; }
details[open] > summary { margin-bottom: .75rem; }
.mark { display: inline-block; width: 1.6rem; font-weight: 700; }
.good .mark, p.good { color: var(--good); } .bad .mark, p.bad, .todo .mark, p.todo { color: var(--bad); }
label { display: block; font-weight: 600; margin: .75rem 0 .3rem; }
input { font: inherit; width: 100%; min-height: 3rem; padding: .6rem .8rem; border-radius: 12px;
  border: 1px solid var(--soft); background: var(--card); color: var(--ink); }
input[aria-invalid="true"] { border-color: var(--bad); }
p.answer { margin: .5rem 0 .3rem; } p.answer span { display: block; color: var(--ink); }
button:focus-visible, input:focus-visible, summary:focus-visible, a:focus-visible {
  outline: 3px solid var(--ink); outline-offset: 3px; }
""".strip()

# The policy names the hash of this very text, so not even an injected <style> would apply.
STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()

_FRAME = Template("""<!doctype html>
<html lang="$language">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>$title</title>
<style>$style</style>
</head>
<body>
<main>
<p class="brand">$brand</p>
<div class="card">
<h1>$title</h1>
$body
</div>
</main>
$script</body>
</html>
""")


def framed(title: str, body: str, script: str = "") -> str:
    """A whole page; `body` is HTML in which everything foreign is escaped already. `script`: our own."""
    return _FRAME.substitute(
        language=language(),
        brand=tr("Fanvue bridge for Discord"),
        title=escape(title),
        style=STYLE,
        body=body,
        script=f"<script>{script}</script>\n" if script else "",
    )
