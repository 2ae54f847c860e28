"""Processes that have imported what a program needs before the learner presses run."""
