"""The words of what is asked of a guest."""

from models.customers.party import GuestField
from models.policy.rules import Policy
from templates.reading.diets import diet_options
from templates.wording.language import Language
from templates.wording.terms import N_
from templates.wording.text import Text

_FIELDS = {
    "name": N_("Name"),
    "name_other": N_("Name in the other script"),
    "title": N_("Title"),
    "rank": N_("Rank"),
    "leads": N_("Leads the party"),
    "phone": N_("Phone"),
    "mail": N_("Mail address"),
    "language": N_("Language"),
    "sex": N_("Sex"),
    "nationality": N_("Nationality"),
    "diet": N_("Diet"),
    "diet_words": N_("Diet in own words"),
    "faith": N_("Faith and customs"),
    "taboos": N_("Taboos"),
    "wishes": N_("Wishes"),
    "needs": N_("Needs"),
    "ethnic_group": N_("Ethnic group"),
    "photo": N_("Photograph of the guest"),
}
_ANSWERS = {
    "female": N_("Female"),
    "male": N_("Male"),
    "pickup": N_("To be picked up"),
    "hotel": N_("A hotel room"),
    "ticket": N_("A ticket"),
    "invitation_letter": N_("An invitation letter"),
    "interpreter": N_("An interpreter"),
}


def field_label(language: Language, key: str) -> Text:
    """The label of a field."""
    return language._(_FIELDS[key])


def answer(language: Language, code: str) -> Text:
    """One answer to choose."""
    return language._(_ANSWERS[code])


def answers(language: Language, policy: Policy, field: GuestField) -> list[tuple[str, Text]]:
    """What there is to choose in a field."""
    if field.key == "rank":
        ranks = [rank for rank in policy.ranks if rank.side != "ours"]
        return [(rank.key, language.own(rank.name)) for rank in ranks]
    if field.key == "diet":
        return diet_options(language, policy)
    return [(code, answer(language, code)) for code in field.options]
