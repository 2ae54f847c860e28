from __future__ import annotations

from studybuddy.core.preset import Preset
from studybuddy.study.wiring import Study

CARD = "s3w10d1/card/dw"


def test_without_presets_the_settings_hold_for_every_card_and_a_change_holds_at_once(study: Study) -> None:
    assert study.desk.preset_of(CARD) == Preset()
    study.desk.prefer("desired_retention", 0.85)
    study.desk.prefer("new_cards", 3)
    assert study.desk.preset_of(CARD) == Preset(desired_retention=0.85, new_cards=3)
    assert study.desk.preset_of("own/card/2026-11-22-1") is study.desk.preset_of(CARD)
