"""The headers of every link page: kept nowhere, framed nowhere, no foreign script."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from bot.web.frame import STYLE_HASH


def headers(
    sign_in_urls: Sequence[str], *, script: str = "", style: str = STYLE_HASH, images: str = ""
) -> dict[str, str]:
    """For pages from which a form leads on to these addresses. `script`, `style`: hashes of the only ones.

    `images`: below this address of ours there are pictures for it.
    """
    # Browsers hold the redirects that follow a form to `form-action` too, so the sign-in pages are named.
    forms = " ".join(dict.fromkeys(("'self'", *(_origin(url) for url in sign_in_urls))))
    scripts = f"script-src 'sha256-{script}'; connect-src 'self'; " if script else ""
    shots = f"img-src {images}; " if images else ""
    return {
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Frame-Options": "DENY",
        "X-Robots-Tag": "noindex",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Content-Security-Policy": (
            f"default-src 'none'; style-src 'sha256-{style}'; {scripts}{shots}form-action {forms}; "
            "base-uri 'none'; frame-ancestors 'none'"
        ),
    }


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
