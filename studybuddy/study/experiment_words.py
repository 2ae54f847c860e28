"""How an experiment, its prediction and its outcome are said."""

from __future__ import annotations

from studybuddy.core.experiment import Outcome
from studybuddy.i18n import N_, _
from studybuddy.study.experiments import Offer

OUTCOME_WORDS = {
    Outcome.FALLS: N_("the loss falls"),
    Outcome.STAYS: N_("the loss stays about where it is"),
    Outcome.EXPLODES: N_("the loss explodes"),
}
SHORT_WORDS = {
    Outcome.FALLS: N_("falls"),
    Outcome.STAYS: N_("stays"),
    Outcome.EXPLODES: N_("explodes"),
}


def outcome_words(prediction: Outcome | None, outcome: Outcome | None) -> str:
    """What happened, and how it stands to what was predicted."""
    if outcome is None:
        return _("the program failed, or printed no losses to compare")
    said = _(OUTCOME_WORDS[outcome])
    if prediction is None:
        return said
    if prediction is outcome:
        return _("{outcome}, as you said", outcome=said)
    return _("{outcome}; you said: {prediction}", outcome=said, prediction=_(SHORT_WORDS[prediction]))


def basis_words(offer: Offer) -> str:
    """Which program is changed."""
    if offer.own:
        return _("made with your accepted program")
    if offer.declined:
        return _("made with the course's program: yours has no place for this change")
    return _("made with the course's program, until yours is accepted")


def deviation_words(offer: Offer, outcome: Outcome | None) -> str:
    """Empty, or that the learner's program did something else than the course's."""
    if outcome is None or outcome is offer.experiment.outcome:
        return ""
    return _("with the course's program {outcome}", outcome=_(OUTCOME_WORDS[offer.experiment.outcome]))
