"""Free words of the team: a role in the place of a name, reasons only when marked for readers."""

import attrs

from biotoop.engine.core.messages import note
from biotoop.engine.core.texts import Text
from biotoop.engine.disclosure.policy import WordsPolicy
from biotoop.engine.evidence.model import CertaintyJudgement
from biotoop.engine.plausibility.result import DeliveryConclusion, LinkAssessment


def role_of(name: str, words: WordsPolicy) -> str:
    """Give the role of somebody of the team; who has none stands there as the team."""
    return words.roles.get(name, "team")


def _said(code: str) -> Text:
    return Text(nl=note(code).text("nl"), en=note(code).text("en"))


def judged_for_readers(link: LinkAssessment, words: WordsPolicy) -> LinkAssessment:
    """Give what assessors judged of a link, without their names and unmarked reasons."""
    override, judged = link.override, link.certainty.judgement
    if override is not None:
        override = attrs.evolve(
            override,
            assessor=role_of(override.assessor, words),
            reason=_reason(override.reason, words),
        )
    if judged is not None:
        judged = _certainty(judged, words)
    return attrs.evolve(
        link, override=override, certainty=attrs.evolve(link.certainty, judgement=judged)
    )


def _certainty(judged: CertaintyJudgement, words: WordsPolicy) -> CertaintyJudgement:
    return attrs.evolve(
        judged,
        assessor=role_of(judged.assessor, words),
        reason=_reason(judged.reason, words),
        components=tuple(
            attrs.evolve(part, reason=_reason(part.reason, words)) for part in judged.components
        ),
    )


def _reason(reason: Text, words: WordsPolicy) -> Text:
    return reason if words.reasons else _said("recipes.reason_kept")


def delivery_for_readers(found: DeliveryConclusion, words: WordsPolicy) -> DeliveryConclusion:
    """Give the conclusion on theory and delivery by role, with its reason when that is marked."""
    if found.assessor is None or found.reason is None:
        return found
    return attrs.evolve(
        found, assessor=role_of(found.assessor, words), reason=_reason(found.reason, words)
    )
