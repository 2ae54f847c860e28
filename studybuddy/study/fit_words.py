"""What became of a fit, and what each parameter of the memory model stands for."""

from __future__ import annotations

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_
from studybuddy.memory.fsrs6 import DEFAULTS
from studybuddy.study.own_fit import LEAST_REVIEWS, FitReport, Ruling

USUAL = DEFAULTS
"""The parameters for a learner of whom nothing is known."""
_RULINGS = {
    Ruling.KEPT: N_("Kept: it predicts reviews it had not seen better than before."),
    Ruling.TOO_FEW: N_("Too few reviews for a fit (about {least} are needed); the defaults are kept."),
    Ruling.TOO_FEW_NEW: N_("Too few new reviews since the last fit; its parameters are kept."),
    Ruling.NOT_BETTER: N_("Not better on reviews it had not seen; nothing was changed."),
    Ruling.STOPPED: N_("Stopped; nothing was changed."),
}
PARAMETER_WORDS = (
    N_("days a card is kept after a first Again"),
    N_("days a card is kept after a first Hard"),
    N_("days a card is kept after a first Good"),
    N_("days a card is kept after a first Easy"),
    N_("difficulty after a first Again"),
    N_("how much easier a better first answer makes a card"),
    N_("how much an answer changes difficulty"),
    N_("how fast difficulty goes back to where it began"),
    N_("how much a recall adds, in general"),
    N_("how much less it adds to a memory that is strong already"),
    N_("how much more it adds when the card was nearly forgotten"),
    N_("what is left after forgetting, in general"),
    N_("how much less is left of a difficult card"),
    N_("how much more is left of a strong memory"),
    N_("how much more is left when forgetting was to be expected"),
    N_("what Hard adds, beside Good"),
    N_("what Easy adds, beside Good"),
    N_("how much an answer on the same day changes"),
    N_("where an answer on the same day neither adds nor takes"),
    N_("how much less the same day adds to a strong memory"),
    N_("how fast recall falls at first, and how slowly later"),
)
"""What the parameters w0 to w20 of FSRS-6 stand for."""


def ruling_phrase(report: FitReport) -> Phrase:
    """What became of a fit and why."""
    return Phrase.of(_RULINGS[report.ruling], least=LEAST_REVIEWS)


def loss_phrase(report: FitReport) -> Phrase | None:
    """Log loss before and after, None where too few reviews were there to compare."""
    if report.before is None or report.after is None:
        return None
    words = N_("log loss on reviews not seen: {before} → {after} (smaller is better)")
    return Phrase.of(words, before=f"{report.before:.4f}", after=f"{report.after:.4f}")
