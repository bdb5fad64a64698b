"""What the procedure leaves to a leader, on the card of their decision: one choice (P09)."""

from models.base.words import StepState
from models.reading.discretion import choices_of, chooser_of, chosen_of
from models.records.signoff import ApprovalStep
from templates.slack import ids
from templates.slack.blocks import Card
from templates.slack.scene import Scene
from templates.wording import terms


def ask(scene: Scene, card: Card, step: ApprovalStep) -> None:
    """The choice for whoever decides the step, and for whoever has decided it without choosing."""
    picture = scene.picture
    chooser = chooser_of(picture)
    if chooser is None or chooser.id != step.id or picture.visit.left_at is not None:
        return
    if step.state != StepState.PENDING:
        is_left_open = step.state == StepState.APPROVED and chosen_of(picture) is None
        if not is_left_open or not scene.reader.is_among([step.decided_by]):
            return
    choices, language = choices_of(picture), scene.language
    options = [(f"{step.id}:{choice}", terms.choice(language, choice)) for choice in choices]
    card.select(ids.CHOOSE, terms.choices(language, choices[:-1]), options)
