"""What a learner does with cards, as rules of a state machine."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from studybuddy.core.card import Rating
from studybuddy.core.errors import UsageError
from studybuddy.core.event import EventKind
from studybuddy.memory.scheduler import due_text
from studybuddy.study.browser import Change
from studybuddy.study.due_range import read_due_range
from studybuddy.study.interview import Answer
from studybuddy.study.leeches import Remedy, decision
from studybuddy.study.notes import Facts
from studybuddy.study.wiring import Study
from tests.study.session import Session, in_utc

LESSON = "s3w10d1"
numbers = st.integers(0, 9999)
"""One of the cards there are, counted from the first."""
groups = st.lists(numbers, min_size=1, max_size=6)
WORDS = (
    ("plain", "back", ""),
    ("both", "ways", "reversed"),
    ("{{one}} and {{two}}", "", ""),
    ("{{one}}, {{two}} and {{three}}", "", ""),
    ("{{two}}", "", ""),
    ("how many", "42", "numeric"),
    ("typed", "word", "type-in"),
)


class CardDeeds(RuleBasedStateMachine):
    """A learner with cards."""

    @initialize(learnt=st.booleans(), steps=st.sampled_from(["1m 10m", "1m 10m", "3d", ""]))
    def open(self, learnt: bool, steps: str) -> None:
        self.session = Session()
        self.study.desk.prefer("learning_steps", steps)
        if learnt:
            self.session.learn()

    @property
    def study(self) -> Study:
        return self.session.study

    def _some(self, chosen: list[int]) -> list[str]:
        return [self.session.card(number) for number in chosen]

    # ---- what brings cards

    @rule(number=numbers)
    def read_a_section(self, number: int) -> None:
        sections = self.study.desk.catalogue.lessons[0].sections
        self.session.do(lambda: self.study.reading.mark_read(sections[number % len(sections)].id))

    @rule(number=numbers, off=st.booleans())
    def tick(self, number: int, off: bool) -> None:
        items = self.study.desk.catalogue.lessons[0].checklist
        change = self.study.checklist.untick if off else self.study.checklist.tick
        self.session.do(lambda: change(items[number % len(items)].id))

    @rule(number=numbers, loss=st.sampled_from([0.5, float("nan"), float("-inf")]))
    def solve(self, number: int, loss: float) -> None:
        catalogue = self.study.desk.catalogue
        exercise = catalogue.lessons[0].exercises[number % len(catalogue.lessons[0].exercises)].id
        again = catalogue.cards_of_exercise(exercise)
        body: dict[str, object] = {"verdict": "AC", "rest": again, "losses": [[1, loss]]}
        body["cards"] = [*self.study.desk.cards_evidenced_by(exercise), *again]
        self.session.do(lambda: self.study.desk.record(EventKind.ATTEMPT, exercise, body))

    @rule(words=st.sampled_from(WORDS), tags=st.sampled_from([(), ("hard",), ("hard", "later")]))
    def add(self, words: tuple[str, str, str], tags: tuple[str, ...]) -> None:
        front, back, kind = words
        source = f"{LESSON}/theory" if tags else ""
        self.session.do(lambda: self.study.own_cards.add(front, back, tags, source, facts=Facts(kind)))

    # ---- what is done with a card

    @rule(rating=st.sampled_from(Rating), ms=st.sampled_from([0, 4000, 700_000, -5, 10**15]), later=numbers)
    def answer_what_is_asked(self, rating: Rating, ms: int, later: int) -> None:
        turn = self.study.review.next()
        if turn is None:
            return
        promised = turn.outcomes[rating]
        assert self.study.review.turn(turn.memory).outcomes[rating] == promised, "asked twice"
        self.study.review.turn_of(turn.card)
        self.session.do(lambda: self.study.review.answer(turn.card, rating, ms))
        event = self.study.desk.store.log.latest(EventKind.REVIEW, turn.card)
        assert event is not None
        assert event.body["due"] == due_text(promised.memory)
        assert event.body["interval_days"] == promised.interval_days
        assert self.study.desk.store.queue.memory(turn.card) == in_utc(promised.memory)

    @rule(number=numbers, rating=st.sampled_from(Rating))
    def answer_any(self, number: int, rating: Rating) -> None:
        self.session.do(lambda: self.study.review.answer(self.session.card(number), rating, 3000))

    @rule(number=numbers, rating=st.sampled_from(Rating))
    def be_interviewed(self, number: int, rating: Rating) -> None:
        questions = self.study.desk.catalogue.lessons[0].questions
        question = questions[number % len(questions)]
        self.session.do(lambda: self.study.interview.grade(question, Answer("said", 60_000, rating)))

    @rule(number=numbers, how=st.sampled_from(["bury", "suspend", "back", "flag"]))
    def set_aside(self, number: int, how: str) -> None:
        card, review = self.session.card(number), self.study.review
        deeds: dict[str, Callable[[], object]] = {
            "bury": lambda: review.bury(card),
            "suspend": lambda: review.suspend(card),
            "back": lambda: review.suspend(card, on=False),
            "flag": lambda: review.flag(card),
        }
        self.session.do(deeds[how])

    @rule(chosen=groups, change=st.sampled_from(Change))
    def change_many(self, chosen: list[int], change: Change) -> None:
        self.session.do(lambda: self.study.browser.change(self._some(chosen), change))

    @rule(chosen=groups, change=st.sampled_from(Change), on=st.booleans())
    def set_many(self, chosen: list[int], change: Change, on: bool) -> None:
        self.session.do(lambda: self.study.card_changes.state(self._some(chosen), change, on))

    @rule(number=numbers, words=st.sampled_from(WORDS), tags=st.sampled_from([None, (), ("later",)]))
    def edit(self, number: int, words: tuple[str, str, str], tags: tuple[str, ...] | None) -> None:
        card, (front, back, kind) = self.session.card(number), words
        facts = Facts(kind) if self.study.own_cards.has(card) else None
        if facts is None and card.startswith("own/"):
            return
        self.session.do(lambda: self.study.own_cards.edit(card, front, back or "back", tags, facts=facts))

    @rule(chosen=groups, tag=st.sampled_from(["hard", "later"]), off=st.booleans())
    def tag(self, chosen: list[int], tag: str, off: bool) -> None:
        change = self.study.card_changes.untag if off else self.study.card_changes.tag
        self.session.do(lambda: change(self._some(chosen), tag))

    @rule(chosen=groups, when=st.sampled_from(["0", "1", "3-9", "36500"]))
    def set_due(self, chosen: list[int], when: str) -> None:
        try:
            days = read_due_range(when, self.study.desk.day())
        except UsageError:
            return
        self.session.do(lambda: self.study.card_changes.due(self._some(chosen), days))

    @rule(chosen=groups)
    def forget(self, chosen: list[int]) -> None:
        self.session.do(lambda: self.study.card_changes.forget(self._some(chosen)))

    @rule(number=numbers, remedy=st.sampled_from(Remedy))
    def decide_about_a_leech(self, number: int, remedy: Remedy) -> None:
        study = self.study
        found = sorted(study.leeches.cards())
        leech = study.leeches.of(found[number % len(found)]) if found else None
        if leech is None:
            return
        match remedy:
            case Remedy.SPLIT:
                self.session.do(lambda: study.leeches.settle_split(leech, suspend=number % 2 == 0))
            case Remedy.ACCEPT:
                self.session.do(lambda: study.leeches.accept(leech, ("nearly",)))
            case Remedy.REWRITE if study.own_cards.has(leech.card) or not leech.card.startswith("own/"):
                told = decision(leech, remedy)
                self.session.do(lambda: study.own_cards.edit(leech.card, "anew", "back", leech=told))
            case _:
                self.session.do(lambda: study.leeches.decide(leech, remedy))
        assert study.leeches.noticed(leech.card) is None, "what was decided is not proposed again"

    @rule()
    def decline_the_repair_path(self) -> None:
        found = self.study.desk.repair.cards()
        if found:
            self.session.do(lambda: self.study.desk.repair.decline(found[0].weak))
            assert all(card.weak != found[0].weak for card in self.study.desk.repair.cards())

    def teardown(self) -> None:
        if hasattr(self, "session"):
            self.session.close()
