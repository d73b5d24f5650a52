"""What commands and buttons call, of every feature."""

from bot.access.permits import Access
from bot.access.subjects import Subjects
from bot.core import Core
from bot.fanvue.hooks import EVENTS
from bot.features import Features
from bot.guild.uses import Uses
from bot.guild.uses_alerts import AlertUses
from bot.guild.uses_approving import Reviewing
from bot.guild.uses_credit import CreditUses
from bot.guild.uses_digests import DigestUses
from bot.guild.uses_inbox import InboxUses
from bot.linked import Linked
from bot.refusals import REFUSALS
from bot.relay.denials import Denials
from bot.relay.hiding import Hidden
from bot.relay.listening import Listening
from bot.relay.places import Places


def uses_of(core: Core, links: Linked, features: Features) -> Uses:
    """What commands and buttons call."""
    side, takings, desk, places = features.side, features.takings, features.desk, _places(core)
    return Uses(
        **vars(_inbox(core, features)),
        access=Access(core.database),
        subjects=Subjects(core.database),
        denied=_denials(core).note,
        commands=core.points.around("command", core.commands),
        linking=links.linking,
        places=places,
        problems=desk.problems,
        income=takings.income,
        subscribers=takings.audience.asking,
        goals=takings.goals.desk,
        digests=DigestUses(takings.digests.setting, takings.digests.previewing),
        ledger=takings.ledger.desk,
        credit=CreditUses(takings.credit.statements, takings.credit.sales, takings.credit.moving),
        profiles=features.profiles,
        media=side.media,
        uploads=core.points.around("uploading", features.uploads.asking),
        lists=features.lists,
        privacy=features.privacy,
        team=features.team,
        pausing=features.pausing,
        removing=features.offboarding.removing,
        proposals=core.points.around("proposals", side.proposing.proposals),
        composing=features.composing.composing,
        mass_safety=features.mass_safety,
        quiet_hours=features.mass_safety.quiet,
        mass_cap=features.mass_safety.cap,
        one_fan=features.mass_safety.one_fan,
        verdicts=side.proposing.verdicts,
        audit=features.audit,
        tracking=side.tracking.listing,
        feed=side.feed.listing,
        suggestions=side.suggestions,
        collections_like=side.posts.shelves.like,
        postcards=features.postcards,
        campaigns=side.campaigns.listing,
        lists_like=side.broadcasts.lists.like,
        chat_of=places.chat_of,
        unsend=desk.unsending.unsend,
        status=desk.status.of,
        hidden=Hidden(database=core.database, effects=core.effects).show,
        live_events=Listening(core.database, EVENTS).of,
        agency=links.agency.desk,
        scopes=core.settings.fanvue_scopes,
        refusals=REFUSALS,
    )


def _inbox(core: Core, features: Features) -> InboxUses:
    return InboxUses(
        replies=core.points.around("reply", features.answering.replies),
        pressing=core.points.around("pressing", features.answering.pressing),
        reviewing=Reviewing(features.approving.listing, features.approving.deciding),
        reviews=features.reviews,
        claiming=features.talks.claiming,
        snoozing=features.snoozing,
        marking=features.side.marks.marking,
        timers=features.timers.setting,
        promises=features.promises,
        holding=features.holding,
        templates=features.templates,
        notes=features.knowing.notes,
        tags=features.knowing.tags,
        items=features.sold.items,
        pricing=features.pricing.setting,
        guarding=features.guarding.setting,
        finding=features.knowing.finding,
        waiting=features.board.reading,
        noticing=features.desk.noticing,
        workload=features.workload,
        typed=features.typed,
        alerts=AlertUses(features.alert_rules.setting, features.alert_rules.asking),
    )


def _denials(core: Core) -> Denials:
    return Denials(database=core.database, trail=core.effects.trail, clock=core.clock)


def _places(core: Core) -> Places:
    trail = core.effects.trail
    return Places(database=core.database, dispatch=core.dispatch, clock=core.clock, ids=core.ids, trail=trail)
