"""The tracking link by which a fan came, as it may be kept and shown (pure)."""

from urllib.parse import urlsplit

_LONGEST = 200  # characters


def address_of(link: str | None) -> str | None:
    """Its address, without what may stand behind it: that can be about one person."""
    return None if link is None else link.partition("?")[0].partition("#")[0][:_LONGEST] or None


def shown(link: str | None) -> str | None:
    """The same as people read it, which Discord makes no link of: fanvue.com/luna/fv-12."""
    address = address_of(link)
    if address is None:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    return f"{parts.netloc.removeprefix('www.')}{parts.path}" if parts.netloc else address
