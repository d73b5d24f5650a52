"""A feature around another one: called the same, it adds to the preview."""

from bot.features.publishing.proposals.model import ProposalKind


class ProposalDecorator:
    """A base of decorators; their own `preview` and `holds` ask the feature inside."""

    def __init__(self, feature: ProposalKind) -> None:
        self._feature = feature
        self.name, self.noun, self.done = feature.name, feature.noun, feature.done
        self.command, self.again = feature.command, feature.again
