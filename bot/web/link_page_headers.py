"""The headers of every link page: kept nowhere, framed nowhere, no script at all."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from bot.web.frame import STYLE_HASH


def headers(sign_in_urls: Sequence[str]) -> dict[str, str]:
    """For pages from which a form leads on to these addresses."""
    # Browsers hold the redirects that follow a form to `form-action` too, so the sign-in pages are named.
    origins = " ".join(dict.fromkeys(_origin(url) for url in sign_in_urls))
    return {
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Frame-Options": "DENY",
        "X-Robots-Tag": "noindex",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Content-Security-Policy": (
            f"default-src 'none'; style-src 'sha256-{STYLE_HASH}'; form-action 'self' {origins}; "
            "base-uri 'none'; frame-ancestors 'none'"
        ),
    }


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
