"""Traditional characters read as simplified ones: those that words about the course are written with."""

from __future__ import annotations

from typing import Final

_TRADITIONAL = (
    "隱層輸為導數線變損動沒權機對稱樣區單陣轉維總個兩無會與標複從這說誤錯認實級階內顯緩儲還讓給並網絡歸類異極"
    "優隨學習關傳遞減積結較應該證夠確檢驗測種點則論響時間產發當換雙幾趨過遠進圖邊長談聽課書們達僅卻於絕獨湊軸"
    "號貝製釋恆著裡麼詞寫記計識許來難問値負組續縮補規觀質連選鏈項順須題額頭擬盡別報約純終統訓練試調輪樹節處據"
    "斷條構塊壞價經狀帶爲裏綫麽"
)
_SIMPLIFIED = (
    "隐层输为导数线变损动没权机对称样区单阵转维总个两无会与标复从这说误错认实级阶内显缓储还让给并网络归类异极"
    "优随学习关传递减积结较应该证够确检验测种点则论响时间产发当换双几趋过远进图边长谈听课书们达仅却于绝独凑轴"
    "号贝制释恒着里么词写记计识许来难问值负组续缩补规观质连选链项顺须题额头拟尽别报约纯终统训练试调轮树节处据"
    "断条构块坏价经状带为里线么"
)

SIMPLIFIED: Final = dict(zip(_TRADITIONAL, _SIMPLIFIED, strict=True))
"""A traditional character to the simplified one that is written for it."""
