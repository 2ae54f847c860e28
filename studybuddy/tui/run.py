"""Starting the app: the data is opened first, so that what is wrong with it is one line on the terminal."""

from __future__ import annotations

from studybuddy.i18n import use_language
from studybuddy.study.launch import Launch
from studybuddy.tui.study_thread import StudyThread


def run_app(launch: Launch) -> None:
    """Open the data, plan the day, and run the app until it is left.

    Raises:
        StudybuddyError: the data or the course could not be opened.
    """
    thread = StudyThread(launch)
    try:
        from studybuddy.tui.app import StudybuddyApp

        use_language(thread.now(lambda study: study.desk.language))
        plan = thread.now(lambda study: study.day.plan())
    except BaseException:
        thread.close()
        raise
    StudybuddyApp(thread, plan).run()
