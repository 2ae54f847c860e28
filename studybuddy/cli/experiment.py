"""`run --experiments` and `run --experiment ID`: a change to try, a prediction, a run."""

from __future__ import annotations

import sys

import click

from studybuddy.cli.history import losses_json
from studybuddy.cli.live_output import LiveOutput
from studybuddy.cli.output import print_json, print_line, study
from studybuddy.cli.writing import written
from studybuddy.core.experiment import Outcome
from studybuddy.core.verdict import Verdict
from studybuddy.i18n import _
from studybuddy.study.curves import some_of
from studybuddy.study.experiment_words import (
    SHORT_WORDS,
    basis_words,
    deviation_words,
    outcome_words,
)
from studybuddy.study.experiments import Made, Offer
from studybuddy.study.outcome_words import VERDICT_WORDS, result_message
from studybuddy.study.paper import lay_out, one_line

WIDTH = 78
FIGURES = 8
"""Losses that are printed of a run."""


def list_experiments(context: click.Context, exercise: str, *, as_json: bool) -> int:
    """List the experiments of an exercise and how they went."""
    with study(context) as opened:
        found = opened.desk.catalogue.exercise(exercise)
        offers = opened.experiments.offers(found)
        if as_json:
            print_json({"exercise": found, "experiments": [_offer_json(offer) for offer in offers]})
            return 0
    if not offers:
        print_line(_("{exercise} has no experiments", exercise=found))
    cells = max((len(offer.experiment.id) for offer in offers), default=0)
    for offer in offers:
        outcome = offer.trial.outcome if offer.trial else None
        said = f"  ({_(SHORT_WORDS[outcome])})" if outcome else ""
        print_line(f"{offer.experiment.id:<{cells}}  {offer.experiment.title}{said}")
    return 0


def make_experiment(
    context: click.Context, exercise: str, experiment: str, predicted: str | None, *, as_json: bool
) -> int:
    """Ask for a prediction where somebody can answer, run, and say what it shows.

    Raises:
        UnknownIdError: there is no such exercise or experiment.
    """
    with study(context) as opened:
        found = opened.library.exercise(opened.desk.catalogue.exercise(exercise))
        offer = opened.experiments.offer(found.id, experiment)
        prediction = Outcome(predicted) if predicted else None
        if not as_json:
            print_line(offer.experiment.title)
            print_line(lay_out(None, offer.question, WIDTH))
            print_line(f"({basis_words(offer)})")
            prediction = prediction or _asked()
        live = LiveOutput()
        made = opened.experiments.make(found, offer, None if as_json else live.write)
        live.close()
    recorded = made.result.verdict is not Verdict.STOP and written(
        context, lambda writer: writer.experiments.record(found.id, offer, prediction, made)
    )
    if as_json:
        print_json(_made_json(found.id, offer, prediction, made) | {"recorded": recorded})
    else:
        _print(offer, prediction, made)
    return 0 if made.result.verdict is Verdict.AC else 1


def _asked() -> Outcome | None:
    """The learner's prediction, None where nobody is there to answer."""
    if not sys.stdin.isatty():
        return None
    choices = click.Choice([outcome.value for outcome in Outcome])
    answer: str = click.prompt(_("What will the loss do?"), type=choices, err=True)
    return Outcome(answer)


def _print(offer: Offer, prediction: Outcome | None, made: Made) -> None:
    for step, loss in some_of(made.losses, FIGURES):
        print_line(f"  {step:>6}  {loss:.6g}")
    sign = {True: "✓ ", False: "✗ "}[prediction is made.outcome] if prediction else ""
    print_line(f"{sign}{outcome_words(prediction, made.outcome)}")
    if made.result.verdict is not Verdict.AC:
        verdict = f"{made.result.verdict} {_(VERDICT_WORDS[made.result.verdict])}"
        print_line(_("{label}: {text}", label=verdict, text=result_message(made.result)))
    if said_otherwise := deviation_words(offer, made.outcome):
        print_line(said_otherwise)
    print_line(lay_out(None, offer.explanation, WIDTH))


def _offer_json(offer: Offer) -> dict[str, object]:
    trial = offer.trial
    return {
        "id": offer.experiment.id,
        "label": offer.experiment.label,
        "title": offer.experiment.title,
        "question": one_line(offer.question),
        "own": offer.own,
        "prediction": trial.prediction.value if trial and trial.prediction else None,
        "outcome": trial.outcome.value if trial and trial.outcome else None,
    }


def _made_json(exercise: str, offer: Offer, prediction: Outcome | None, made: Made) -> dict[str, object]:
    return {
        "exercise": exercise,
        "experiment": offer.experiment.id,
        "own": offer.own,
        "prediction": prediction.value if prediction else None,
        "outcome": made.outcome.value if made.outcome else None,
        "expected": offer.experiment.outcome.value,
        "explanation": one_line(offer.explanation),
        "verdict": made.result.verdict.value,
        "message": result_message(made.result),
        "losses": losses_json(made.losses),
        "wall_s": made.result.wall_s,
    }
