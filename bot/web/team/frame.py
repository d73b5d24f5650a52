"""The look of the page beside Discord: one style, nothing from elsewhere (pure)."""

import base64
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from html import escape
from string import Template

from bot.model.language import language, msgid, tr
from bot.web.frame import STYLE

START, SIGN_OUT = "/page", "/page/out"
_MORE = """
main, .bar { max-width: 62rem; } .bar { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: center;
  justify-content: space-between; margin: 0 auto; padding: 1rem 1.25rem 0; }
.bar .brand { margin: 0; } .bar form { margin: 0; }
.bar button { width: auto; min-height: 2.75rem; margin: 0; padding: .4rem .9rem; font-size: .95rem; }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: .5rem; margin: 0 0 1rem; padding: 0; }
nav li { margin: 0; } nav a { display: inline-block; padding: .6rem .9rem; border-radius: 12px;
  border: 1px solid var(--line); background: var(--card); text-decoration: none; }
nav a[aria-current] { background: var(--act); border-color: var(--act); color: var(--act-ink);
  font-weight: 600; }
section.card { margin: 0 0 1rem; } section.card h2 { margin: 0 0 .6rem; font-size: 1.15rem; }
h3 { font-size: 1rem; margin: 1.2rem 0 .35rem; }
.rows { list-style: none; padding: 0; } .rows li { margin: 0; padding: .7rem 0;
  border-top: 1px solid var(--line); } .rows li:first-child { border-top: 0; padding-top: 0; }
.rows .soft { display: block; } .sums { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin: 0 0 1rem; }
.sums div { min-width: 8rem; } .sums dt { color: var(--soft); font-size: .95rem; } .sums dd { margin: 0;
  font-size: 1.5rem; font-weight: 700; line-height: 1.25; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; margin: 0 0 1rem; } th, td { text-align: left;
  padding: .5rem .75rem .5rem 0; border-top: 1px solid var(--line); vertical-align: top;
  overflow-wrap: anywhere; } thead th { border-top: 0; color: var(--soft); font-weight: 400;
  font-size: .95rem; } td.number, th.number { text-align: right; padding-right: 0; padding-left: .75rem;
  overflow-wrap: normal; }
tbody th { font-weight: 400; }
figure { margin: 0 0 1rem; } svg { display: block; width: 100%; height: auto; }
svg .grid { stroke: var(--line); } svg .zero { stroke: var(--soft); } svg .in { fill: var(--act); }
svg .back { fill: var(--bad); } svg text { fill: var(--soft); font-size: 26px; font-family: inherit; }
select, textarea { font: inherit; width: 100%; min-height: 3rem; padding: .6rem .8rem; border-radius: 12px;
  border: 1px solid var(--soft); background: var(--card); color: var(--ink); }
textarea { display: block; resize: vertical; }
select:focus-visible, textarea:focus-visible { outline: 3px solid var(--ink); outline-offset: 3px; }
textarea[aria-invalid="true"] { border-color: var(--bad); }
form.plan { max-width: 44rem; } form.plan section > div, fieldset { margin: 0 0 1.25rem; padding: 0;
  border: 0; min-width: 0; } form.plan label { margin-top: 0; } form.plan .tick { font-weight: 400; }
form.plan p.soft { margin: 0 0 .4rem; } form.plan button { margin-bottom: 0; }
form.plan p.bad { margin: .4rem 0 0; } form.plan p.bad::before { content: "\\26a0\\fe0e  "; }
legend { font-weight: 600; padding: 0 0 .3rem; }
.tick { display: flex; gap: .75rem; align-items: center; min-height: 2.75rem; margin: 0; font-weight: 400;
  overflow-wrap: anywhere; }
.tick input { width: 1.4rem; height: 1.4rem; min-height: 0; margin: 0; flex: none;
  accent-color: var(--act); }
section.note { margin: 0 0 1rem; padding: 1rem 1.25rem; } section.note h2 { margin: 0 0 .5rem;
  font-size: 1.15rem; } a.button.act { background: var(--act); color: var(--act-ink); margin-bottom: 0; }
.pair { display: grid; gap: .75rem; margin: 0 0 1rem; } .pair a.button, .pair button { margin: 0; }
form.plan details { margin: 0 0 1.25rem; } form.plan details fieldset { margin-bottom: 0; }
form.plan .lists details { margin: 0; border-top: 1px solid var(--line); }
form.plan .lists details[open] > summary { margin: 0; }
.lists .soft { margin: .6rem 0 .2rem; }
.lists summary { padding: .6rem 0; font-size: 1rem; }
.lists summary::before { content: "+"; display: inline-block; width: 1.4rem; color: var(--soft); }
.lists [open] > summary::before { content: "\\2212"; }
.lists details:not([open]):has(:checked) > summary::after { content: "  \\2713"; }
.lists .scroll { max-height: 17rem; overflow-y: auto; padding: 0 .25rem .5rem; }
form.choose { margin: 0 0 1rem; } form.choose button { margin-bottom: 0; }
.tiles { list-style: none; padding: 0; margin: 0 0 1.25rem; display: grid; gap: 1.25rem .9rem;
  grid-template-columns: repeat(auto-fill, minmax(8.75rem, 1fr)); }
.tiles li { margin: 0; font-size: .95rem; line-height: 1.4; } .tiles p { margin: .5rem 0 0; }
.tiles .tick { align-items: flex-start; gap: .6rem; padding: .5rem 0; }
.tiles strong { font-weight: 600; }
.frame { position: relative; display: flex; align-items: center; justify-content: center; overflow: hidden;
  aspect-ratio: 4 / 5; border-radius: 12px; border: 1px solid var(--line); background: var(--ground); }
.kind { padding: .5rem; color: var(--soft); font-size: .95rem; text-align: center; }
.shot { position: absolute; inset: 0; width: 100%; height: 100%; object-fit: cover; filter: blur(20px);
  transform: scale(1.2); pointer-events: none; }
input.peek { position: absolute; inset: 0; z-index: 1; width: 100%; height: 100%; min-height: 0; margin: 0;
  padding: 0; border: 0; border-radius: 11px; appearance: none; background: transparent; cursor: pointer; }
input.peek:focus-visible { outline-offset: -4px; }
.chosen .shot { filter: blur(9px); transform: scale(1.5); }
.frame .peek:checked + .shot, input.bare:checked ~ * .shot { filter: none; transform: none;
  object-fit: contain; }
input.bare { width: 1.4rem; height: 1.4rem; min-height: 0; margin: 0 .6rem 1rem 0; vertical-align: middle;
  accent-color: var(--act); }
label.bare { display: inline-block; margin: 0 0 1rem; font-weight: 400; vertical-align: middle; }
.chosen { display: grid; grid-template-columns: 4.5rem 1fr; gap: .9rem; align-items: center;
  margin: 0 0 .6rem; } .chosen .kind { font-size: .8rem; padding: .2rem; }
.pages { display: flex; gap: 1rem; justify-content: space-between; }
@media (min-width: 48rem) { form.choose { display: flex; gap: 1rem; align-items: flex-end; }
  form.choose > div { flex: 1; } form.choose button { width: auto; margin: 0; }
  .two { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; align-items: start; }
  .pair { grid-template-columns: 1fr 1fr; } form.plan button { width: auto; min-width: 16rem; }
  .two section.card { margin: 0; } .two { margin: 0 0 1rem; } svg text { font-size: 12px; } }
""".strip()
_STYLE = f"{STYLE}\n{_MORE}"
STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()

_FRAME = Template(
    """<!doctype html>
<html lang="$language">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
$refresh<title>$title</title>
<style>$style</style>
</head>
<body>
<header class="bar">$bar</header>
<main>
$body
</main>
</body>
</html>
"""
)
_OUT = Template(
    '<form method="post" action="$where"><input type="hidden" name="csrf" value="$csrf">'
    '<button type="submit" class="quiet">$words</button></form>'
)
_TYPED = ContextVar("what was typed into a form", default="")
_NUMBER = ' class="number"'
_BRAND = msgid("Fanvue bridge for Discord")


@dataclass(frozen=True)
class PageTab:
    """One entry of the navigation. `here`: it is this page."""

    where: str
    name: str
    here: bool = False


@dataclass(frozen=True)
class PageHead:
    """What is above the content. `csrf`: for signing out; without it nobody is signed in."""

    title: str
    tabs: Sequence[PageTab] = ()
    csrf: str = ""


def paged(head: PageHead, body: str) -> str:
    """A whole page for who is signed in; `body` is HTML in which everything foreign is escaped already."""
    title = f"<h1>{escape(head.title)}</h1>"
    return _whole(head.title, _bar(head), f"{_nav(head.tabs)}{title}\n{body}")


def said(title: str, *paragraphs: str, go_on: tuple[str, str] | None = None, at_once: bool = False) -> str:
    """A page with a few sentences. `go_on`: where a button leads, and its words; `at_once`: by itself."""
    words = "".join(f"<p>{escape(one)}</p>\n" for one in paragraphs)
    button = f'<a class="button" href="{escape(go_on[0])}">{escape(go_on[1])}</a>' if go_on else ""
    body = f'<div class="card"><h1>{escape(title)}</h1>\n{words}{_kept()}{button}</div>'
    refresh = ""
    if go_on and at_once:
        refresh = f'<meta http-equiv="refresh" content="0; url={escape(go_on[0])}">\n'
    return _whole(title, _bar(PageHead(title)), body, refresh)


def offer(title: str, paragraphs: Sequence[str], *, note: str, action: str, csrf: str, press: str) -> str:
    """The page behind a link, with the one button that leads on."""
    words = "".join(f"<p>{escape(one)}</p>\n" for one in paragraphs)
    form = (
        f'<form method="post" action="{escape(action)}"><input type="hidden" name="csrf" value="{csrf}">'
        f'<button type="submit">{escape(press)}</button></form>'
    )
    body = (
        f'<div class="card"><h1>{escape(title)}</h1>\n{words}'
        f'<div class="note"><p>{escape(note)}</p></div>{form}</div>'
    )
    return _whole(title, _bar(PageHead(title)), body)


@contextmanager
def keeping(text: str) -> Iterator[None]:
    """What is said in here shows a text that was typed and not taken, to be copied."""
    before = _TYPED.set(text)
    try:
        yield
    finally:
        _TYPED.reset(before)


def _kept() -> str:
    typed = _TYPED.get()
    if not typed.strip():
        return ""
    label, small = escape(tr("Your text")), escape(tr("Not planned. Copy it, so that it isn't lost."))
    return (
        f'<label for="kept">{label}</label><p class="soft" id="kept-hint">{small}</p>'
        f'<textarea id="kept" rows="6" readonly aria-describedby="kept-hint">\n{escape(typed)}</textarea>'
    )


def card(title: str, body: str) -> str:
    """One part of a page; `body` is HTML."""
    return f'<section class="card"><h2>{escape(title)}</h2>\n{body}</section>\n'


def soft(text: str) -> str:
    return f'<p class="soft">{escape(text)}</p>'


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows of a name, which is HTML, and numbers."""
    head = "".join(f"<th{_NUMBER if number else ''}>{escape(one)}</th>" for number, one in enumerate(heads))
    body = "".join(_row(name, numbers) for name, *numbers in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _row(name: str, numbers: Sequence[str]) -> str:
    cells = "".join(f"<td{_NUMBER}>{escape(one)}</td>" for one in numbers)
    return f'<tr><th scope="row">{name}</th>{cells}</tr>'


def _whole(title: str, bar: str, body: str, refresh: str = "") -> str:
    return _FRAME.substitute(
        language=language(), refresh=refresh, title=escape(title), style=_STYLE, bar=bar, body=body
    )


def _bar(head: PageHead) -> str:
    brand = f'<p class="brand">{escape(tr(_BRAND))}</p>'
    if not head.csrf:
        return brand
    out = _OUT.substitute(where=SIGN_OUT, csrf=head.csrf, words=escape(tr("Sign out")))
    return brand + out


def _nav(tabs: Sequence[PageTab]) -> str:
    if not tabs:
        return ""
    items = "".join(_tab(tab) for tab in tabs)
    return f'<nav aria-label="{escape(tr("Pages"))}"><ul>{items}</ul></nav>\n'


def _tab(tab: PageTab) -> str:
    here = ' aria-current="page"' if tab.here else ""
    return f'<li><a href="{escape(tab.where)}"{here}>{escape(tab.name)}</a></li>'
