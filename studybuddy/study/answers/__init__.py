"""Typed answers held against a card, by kind. `judges.judge` is the door; it takes whatever is typed."""
