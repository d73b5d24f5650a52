"""What the page beside Discord says where it shows nothing (pure)."""

from collections.abc import Callable, Mapping

from bot.features.people.team_page.model import PageRefusal
from bot.model.language import tr
from bot.web.team.frame import START, offer, said


def link(action: str, csrf: str) -> str:
    """The page behind a link."""
    return offer(
        tr("Open your page"),
        (
            tr("Discord asks who you are. Only the person who ran the command gets in."),
            tr("You see here what you may see on Discord: what waits, earnings, calendar, vault."),
        ),
        note=tr("Did someone send you this link? Then close this page. Nothing happens until you press."),
        action=action,
        csrf=csrf,
        press=tr("Continue with Discord"),
    )


def welcome() -> str:
    """Between Discord and the page: a browser shows its strict cookie only to a page of ours."""
    return said(
        tr("You're signed in"),
        tr("Your page opens by itself."),
        go_on=(START, tr("Open it")),
        at_once=True,
    )


def signed_out() -> str:
    """No session, or no longer."""
    return said(
        tr("You're not signed in"),
        tr("Your session has ended, or it began in another browser. Nothing is shown without it."),
        tr("Run /account page in Discord: it gives you a new link."),
        go_on=(START, tr("Try again")),
    )


def bye() -> str:
    return said(
        tr("Signed out"),
        tr("This session opens nothing from now on. Run /account page in Discord to come back."),
    )


def no_access() -> str:
    """Their role does not show it, or it is not there: nobody can tell which."""
    return said(
        tr("You don't have access to this"),
        tr("Your role doesn't show it, was changed, or has ended. Ask the person who leads your team."),
        go_on=(START, tr("To your page")),
    )


def nothing_for_you() -> str:
    """There is no creator whom they may see."""
    return said(
        tr("You don't have access to any creator here"),
        tr("Your role was changed or has ended, so nothing is shown. Ask the person who leads your team."),
    )


def not_there() -> str:
    return said(
        tr("You're not on the server"),
        tr("Discord says that you have left it, so nothing of it is shown."),
    )


def no_discord() -> str:
    return said(
        tr("We can't reach Discord right now"),
        tr("Discord says who may see this, so nothing is shown without it. Try again in a minute."),
        go_on=(START, tr("Try again")),
    )


def busy() -> str:
    return said(
        tr("One moment, please"),
        tr("This takes longer than usual. Nothing is lost; try again in a minute."),
        go_on=(START, tr("Try again")),
    )


def from_elsewhere() -> str:
    """A form that no page of ours sent, as far as the browser says."""
    return said(
        tr("This form did not come from your page"),
        tr("Not planned. Send the form from your page; a very old browser needs an update."),
        go_on=(START, tr("To your page")),
    )


def too_large() -> str:
    return said(
        tr("That is too much for this form"),
        tr("Not planned. Go back and shorten the text: 5,000 characters are the most."),
        go_on=(START, tr("To your page")),
    )


def too_fast(seconds: int) -> str:
    return said(tr("Too many requests"), tr("Try again in {seconds} s.", seconds=seconds))


def cannot(reason: str) -> str:
    """A request of theirs means nothing."""
    return said(tr("That did not work"), reason, go_on=(START, tr("To your page")))


def _over() -> str:
    return said(
        tr("This link no longer works"),
        tr("It was used, is older than ten minutes, or a newer one has replaced it."),
        tr("Run /account page in Discord: it gives you a new one."),
    )


def _other_browser() -> str:
    return said(
        tr("This sign-in did not begin here"),
        tr("It was used already, or another browser began it. Nobody is signed in by it."),
        tr("Run /account page in Discord, and open the link in this browser."),
    )


def _other_person() -> str:
    return said(
        tr("This link is for someone else"),
        tr("Discord says that you are another person than the one who ran the command. The link is closed."),
        tr("If you use two accounts, sign in to the other one on Discord, and run /account page again."),
    )


def _declined() -> str:
    return said(
        tr("You're not signed in"),
        tr("You said no on Discord's page. Run /account page in Discord to begin again."),
    )


def _unclear() -> str:
    return said(
        tr("Discord did not say who you are"),
        tr("So nobody is signed in. Run /account page in Discord, and try again."),
    )


_REFUSED: Mapping[PageRefusal, tuple[Callable[[], str], int]] = {
    PageRefusal.OVER: (_over, 404),
    PageRefusal.BROWSER: (_other_browser, 400),
    PageRefusal.PERSON: (_other_person, 403),
    PageRefusal.DECLINED: (_declined, 200),
    PageRefusal.UNCLEAR: (_unclear, 400),
}


def refused(cause: PageRefusal) -> tuple[str, int]:
    """Why nobody is signed in, and the status."""
    text, status = _REFUSED[cause]
    return text(), status
