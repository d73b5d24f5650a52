"""The frame and look of the pages on which people sign in to a stand-in (pure)."""

from html import escape

from aiohttp import web

_STYLE = """
:root { color-scheme: light dark; --ground: #f3f2f6; --card: #fff; --ink: #1d1b24; --soft: #625d70;
  --line: #dedae6; --quiet: #ebe8f1; }
@media (prefers-color-scheme: dark) { :root { --ground: #131118; --card: #1e1b26; --ink: #f2f0f7;
  --soft: #aca6bd; --line: #353041; --quiet: #2b2735; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem;
  background: var(--ground); color: var(--ink);
  font: 17px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
main { width: min(27rem, 100%); background: var(--card); border: 1px solid var(--line);
  border-radius: 18px; padding: 1.6rem; border-top: 6px solid var(--act); }
h1 { font-size: 1.35rem; line-height: 1.25; margin: 0 0 .6rem; text-wrap: balance; }
p { margin: 0 0 1rem; } ul { margin: 0 0 1.2rem; padding: 0; list-style: none; }
.whose { color: var(--soft); font-size: .85rem; margin-bottom: .9rem; }
.scopes li { padding: .3rem 0; border-bottom: 1px solid var(--line); font-size: .92rem; }
a { color: inherit; } .people a, button { display: block; width: 100%; min-height: 3rem;
  padding: .7rem 1rem; margin: 0 0 .6rem; border: 0; border-radius: 12px; font: inherit;
  font-weight: 600; text-align: left; text-decoration: none; cursor: pointer;
  background: var(--quiet); color: var(--ink); }
button { text-align: center; } button[value^=a] { background: var(--act); color: #fff; }
a:focus-visible, button:focus-visible { outline: 3px solid var(--ink); outline-offset: 3px; }
"""


def page(site: str, colour: str, title: str, content: str, status: int = 200) -> web.Response:
    """A whole page; `content` is HTML in which everything foreign is escaped already."""
    text = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>:root {{ --act: {colour}; }}{_STYLE}</style></head>"
        f'<body><main><p class="whose">{escape(site)} of the demo, not the real one</p>'
        f"<h1>{escape(title)}</h1>{content}</main></body></html>"
    )
    return web.Response(status=status, text=text, content_type="text/html")


def people(choices: list[tuple[str, str]]) -> str:
    """A list of people to sign in as: the query of each one's address, and the name."""
    rows = "".join(f'<li><a href="?{escape(query)}">{escape(name)}</a></li>' for query, name in choices)
    return f'<ul class="people">{rows}</ul>'
