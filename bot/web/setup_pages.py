"""The pages of the first setup: each answer beside its field, no script (pure)."""

import re
from collections.abc import Sequence
from html import escape
from string import Template

from bot.features.operations.installation.model import AnswerVerdict, SetupAnswer, SetupField, SetupOverview
from bot.web.frame import framed

_MARKS = {
    AnswerVerdict.OK: ("good", "✓"),
    AnswerVerdict.UNSURE: ("unsure", "?"),
    AnswerVerdict.FIRST: ("todo", "!"),
    AnswerVerdict.WRONG: ("bad", "✗"),
}
_CODE = re.compile(r"`([^`]+)`")
_ADDRESS = re.compile(r"(?<![\w>])(https://[\w./-]+\w)")

_OPEN = Template("""<section class="field $kind" id="$name">
<h2><span class="mark">$mark</span>$title</h2>
$inside
</section>""")
_FOLDED = Template("""<details class="field $kind" id="$name"$open>
<summary><span class="mark">$mark</span>$title$about</summary>
$inside
</details>""")
_FORM = Template("""<form method="post" action="answer">
<input type="hidden" name="csrf" value="$csrf"><input type="hidden" name="name" value="$name">
<label for="value-$name">$label</label>
<input id="value-$name" name="value" type="$type" value="$value" placeholder="$example" maxlength="2000"
 autocomplete="off" autocapitalize="off" spellcheck="false" aria-describedby="answer-$name"$more>
$answer
<button type="submit">$act</button>
</form>""")
_PRESS = Template("""<form method="post" action="$action">
<input type="hidden" name="csrf" value="$csrf"><input type="hidden" name="name" value="$name">
<button type="submit" class="$kind" name="$button" value="$value">$act</button>
</form>""")


def whole(view: SetupOverview, csrf: str) -> str:
    """The page as it stands; every address in it is beside the page's own."""
    following = view.next_field
    fields = "\n".join(_field(one, csrf, current=one is following) for one in view.fields)
    left = len(view.fields) - view.answered
    head = f"{view.answered} of {len(view.fields)} are set." if left else "All seven are set."
    return framed(
        "Set up the bridge",
        f'<p class="soft">{head} Each answer is tried at once and kept in '
        f"<code>{escape(view.env_file)}</code>, "
        "which only you can read. A secret is never shown again.</p>"
        f"{fields}\n{_invite(view, csrf)}\n{_end(view, csrf)}",
    )


def started(bot_starts: bool) -> str:  # noqa: FBT001 - the one thing that it says
    """The last page."""
    if not bot_starts:
        return framed(
            "All is kept",
            "<p>You can start now. The command is in the terminal.</p>"
            '<p class="soft">You can close this page.</p>',
        )
    return framed(
        "The bridge is starting",
        "<p>Two things are left, both in Discord on your server:</p>"
        '<ol class="steps"><li><code>/setup</code> makes the private forum for your team.</li>'
        "<li><code>/link</code> connects the creator&#8217;s Fanvue account.</li></ol>"
        '<p class="soft">The terminal shows how the start goes. You can close this page.</p>',
    )


def elsewhere() -> str:
    """For another browser than the one that opened the address first."""
    return framed(
        "This page is open in another browser",
        "<p>Its address works in one browser only. Go on there, or stop <code>setup</code> in the terminal "
        "with Ctrl+C and start it again: what you answered is kept.</p>",
    )


def nothing_here() -> str:
    """For any address but the one in the terminal."""
    return framed(
        "There is nothing here", "<p>Open the address that <code>setup</code> shows in the terminal.</p>"
    )


def stale() -> str:
    """For a form that was not sent from the page."""
    return framed(
        "No change was made",
        "<p>This form did not come from the setup page. Open the page and try again.</p>",
    )


def _field(field: SetupField, csrf: str, *, current: bool) -> str:
    question, answer = field.question, field.answer
    kind, mark = _MARKS[answer.verdict] if answer is not None else ("", "○")
    parts = {"kind": kind, "mark": mark, "name": question.name, "title": escape(question.title)}
    if field.good:
        about = f'<span class="change">Change</span><span class="soft">{_set(field)}</span>'
        return _FOLDED.substitute(parts, about=about, open="", inside=_inside(field, csrf, current=False))
    if current or (answer is not None and not answer.good):
        return _OPEN.substitute(parts, inside=_inside(field, csrf, current=current))
    return _FOLDED.substitute(parts, about="", open="", inside=_inside(field, csrf, current=False))


def _set(field: SetupField) -> str:
    """That it is set, and of what is no secret also how."""
    assert field.answer is not None
    shown = escape(field.shown) if field.shown else "Set"
    cure = f" {field.answer.do}" if field.answer.verdict is AnswerVerdict.UNSURE else ""
    return f"{shown} · {_rich(field.answer.says + cure)}"


def _inside(field: SetupField, csrf: str, *, current: bool) -> str:
    answer = field.answer
    if field.fixed:
        return f"<p>This stands in the environment, which wins.</p>{_said(field)}"
    if field.waits_for is not None and not field.is_set:
        return f"<p>First answer “{escape(field.waits_for)}”: this is tried with it.</p>{_said(field)}"
    steps = _steps(field.steps)
    if answer is not None and answer.verdict is AnswerVerdict.FIRST:
        again = _press(csrf, "answer", "Check again", name=field.question.name, button="value", kind="")
        change = f'<details><summary class="quiet">Change it</summary>{steps}{_form(field, csrf)}</details>'
        return f"{_said(field)}{again}{change}"
    return steps + _form(field, csrf, current=current)


def _form(field: SetupField, csrf: str, *, current: bool = False) -> str:
    question, answer = field.question, field.answer
    wrong = answer is not None and answer.verdict is AnswerVerdict.WRONG
    folded = answer is not None and answer.verdict is AnswerVerdict.FIRST
    label = "Signing secret (may stay empty)" if question.optional else question.title
    return _FORM.substitute(
        csrf=escape(csrf),
        name=question.name,
        label=escape(f"New value: {label}" if field.good and not question.optional else label),
        type="password" if question.secret else "text",
        value=escape(field.shown),
        example=escape(question.example),
        more=(' aria-invalid="true"' if wrong else "") + (" autofocus" if current else ""),
        answer="" if folded else _said(field),
        act="Check and save",
    )


def _said(field: SetupField) -> str:
    return _answer(field.answer, f'id="answer-{field.question.name}"') if field.answer is not None else ""


def _answer(answer: SetupAnswer, more: str = "") -> str:
    kind, _ = _MARKS[answer.verdict]
    cure = f"<span>{_rich(answer.do)}</span>" if answer.do else ""
    role = "" if answer.good else ' role="alert"'
    return f'<p class="answer {kind}" {more}{role}>{_rich(answer.says)}{cure}</p>'


def _steps(steps: Sequence[str]) -> str:
    items = "".join(f"<li>{_rich(step)}</li>" for step in steps)
    return f"<ol>{items}</ol>" if len(steps) > 1 else f"<p>{_rich(steps[0])}</p>"


def _rich(text: str) -> str:
    """Escaped; what stands in backticks is to be copied, and Discord's own address can be opened."""
    pieces = _CODE.split(text)
    return "".join(
        f"<code>{escape(piece)}</code>" if place % 2 else _ADDRESS.sub(_linked, escape(piece))
        for place, piece in enumerate(pieces)
    )


def _linked(found: re.Match[str]) -> str:
    if not found[1].startswith("https://discord.com/"):
        return found[1]
    return f'<a href="{found[1]}" target="_blank" rel="noreferrer">{found[1]}</a>'


def _press(
    csrf: str,
    action: str,
    act: str,
    *,
    name: str = "",
    button: str = "",
    value: str = "",
    kind: str = "quiet",
) -> str:
    return _PRESS.substitute(
        csrf=escape(csrf), action=action, act=act, name=name, button=button, value=value, kind=kind
    )


def _invite(view: SetupOverview, csrf: str) -> str:
    if view.invite_url is None:
        return ""
    kind, mark = _MARKS[view.server.verdict] if view.server is not None else ("", "○")
    said = _answer(view.server) if view.server is not None else ""
    link = (
        f'<a class="button" href="{escape(view.invite_url)}" target="_blank" rel="noreferrer">'
        "Invite the bot to your server</a>"
    )
    return _OPEN.substitute(
        kind=kind,
        mark=mark,
        name="invite",
        title="Invite the bot",
        inside=f"<p>With exactly the permissions that it needs:</p>{link}{said}"
        + _press(csrf, "again", "Check again", name="invite"),
    )


def _end(view: SetupOverview, csrf: str) -> str:
    """Whether the bridge can start, or what comes first."""
    if view.ready:
        return _ready(view, csrf)
    if view.open_questions:
        return '<p class="soft">You can stop at any time: <code>setup</code> goes on where you left it.</p>'
    items = "".join(f"<li>{_rich(f'{one.says} {one.do}'.strip())}</li>" for one in view.first)
    return (
        '<section class="field todo" id="end"><h2><span class="mark">!</span>Before you can start</h2>'
        f"<ul>{items}</ul>{_press(csrf, 'again', 'Check everything again', name='end')}</section>"
    )


def _ready(view: SetupOverview, csrf: str) -> str:
    later = "".join(f"<li>{_rich(one)}</li>" for one in view.later)
    title = "All is kept" if view.running else "You can start now"
    head = f'<section class="field good" id="end"><h2><span class="mark">✓</span>{title}</h2>'
    notes = f"<ul>{later}</ul>" if later else ""
    if view.running:
        again = "<p>Your bridge runs. Stop it and start it again to use what you changed.</p>"
        return f"{head}{again}{notes}{_press(csrf, 'finish', 'Finish', button='start', kind='')}</section>"
    start = _press(csrf, "finish", "Start the bridge", button="start", value="yes", kind="")
    return (
        f"{head}{notes}{start}{_press(csrf, 'finish', 'Finish without starting', button='start')}</section>"
    )
