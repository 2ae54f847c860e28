"""How a group of cards is studied: what the scheduler and the queue are told about a card, and no more."""

from __future__ import annotations

from typing import NamedTuple

DAY_S = 86_400


class Preset(NamedTuple):
    """What holds for a card. Steps and waits are in seconds, shares in 0..1.

    The default preset comes from the settings; a lesson or a tag may have one of its own, which changes only
    what it names.
    """

    name: str = ""
    """Empty for the default preset."""
    desired_retention: float = 0.9
    learning_steps: tuple[int, ...] = (60, 600)
    """Waits of a new card between answers; none leaves the first interval to the memory model."""
    relearning_steps: tuple[int, ...] = (600,)
    maximum_interval: int = 36_500
    """Days."""
    new_cards: int = 15
    """New cards of this preset a day."""
    reviews: int = 200
    """Reviews of this preset a day; 0 sets no limit."""
    leech_lapses: int = 8
    """A card forgotten so often is a leech; 0 never says so."""

    def without_steps(self) -> Preset:
        """The same for a card that is not asked again within minutes, such as a program."""
        return self._replace(learning_steps=(), relearning_steps=())
