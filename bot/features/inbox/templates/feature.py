"""Builds templates: found, kept, filled in, handed over and taken in."""

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.inbox.templates.export_service import TemplateExportService
from bot.features.inbox.templates.fill_service import TemplateFillService
from bot.features.inbox.templates.import_service import TemplateImportService
from bot.features.inbox.templates.ports import DraftTaken, of_no_program
from bot.features.inbox.templates.proposal_decorator import TemplateProposalDecorator
from bot.features.inbox.templates.search_service import TemplateSearchService
from bot.features.inbox.templates.service import TemplateService
from bot.features.publishing.proposals.model import PROPOSAL_WRAPS, ProposalKind
from bot.features.signals import PROGRAM_DRAFT_TAKEN
from bot.relay.context import Context


class TemplatesFeature:
    """The parts that the rest of the program speaks to."""

    def __init__(self, on: Context, taken: DraftTaken = of_no_program) -> None:
        """All of it, on the one ground. `taken`: as of `TemplateService`."""
        self.finding = TemplateSearchService(on)
        self.keeping = TemplateService(on, finding=self.finding, taken=taken)
        self.filling = TemplateFillService(on, finding=self.finding)
        self.handing = TemplateExportService(database=on.database, finding=self.finding, keeping=self.keeping)
        self.importing = TemplateImportService(on, finding=self.finding, keeping=self.keeping)


def build(ctx: FeatureContext) -> Feature:
    """Templates, whose fields are filled in whatever is proposed, too."""

    def filled(kind: ProposalKind) -> ProposalKind:
        return TemplateProposalDecorator(kind, database=ctx.database, clock=ctx.clock)

    templates = TemplatesFeature(ctx, ctx.listeners.telling(PROGRAM_DRAFT_TAKEN))
    return Feature(
        name="templates",
        parts=(templates,),
        services=(
            templates.finding,
            templates.keeping,
            templates.filling,
            templates.handing,
            templates.importing,
        ),
        brings=(PROPOSAL_WRAPS.of(filled),),
    )
