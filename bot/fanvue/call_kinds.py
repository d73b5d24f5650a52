"""Kinds of calls to Fanvue, by their addresses, for whoever times them."""

from bot.engine.call_timing import CallTimer, Observe, read_or_write


def timer_of(api_url: str, auth_url: str, observe: Observe) -> CallTimer:
    """Times calls to the API, to the sign-in server, and to the hosts of files."""

    def kind(method: str, url: object) -> str:
        address = f"{url}"
        if address.startswith((f"{auth_url}/oauth2/", f"{auth_url}/.well-known/")):
            return "sign-in"
        return read_or_write(method) if address.startswith(f"{api_url}/") else "file"

    return CallTimer(kind, observe)
