"""Numbers by which somebody could be found are masked, and nothing else is."""

import pytest

from walkthrough_app.ratings.masking import MASK, mask


@pytest.mark.parametrize(
    "number",
    [
        "13800138000",
        "138-0013-8000",
        "138 0013 8000",
        "+86 138 0013 8000",
        "１３８００１３８０００",
        "①③⑧⓪⓪①③⑧⓪⓪⓪",
        "0453-6123456",
        "(0453)6123456",
        "23100019900101123X",
        "231000 19900101 123x",
        "6222020200112233445",
        "一三八零零一三八零零零",
        "幺三八零零幺三八零零零",
        "1三8零零1三8零零零",
        "zhangsan@example.com",
    ],
)
def test_a_number_of_a_person_is_masked(number: str) -> None:
    assert mask(f"请联系{number}谢谢") == f"请联系{MASK}谢谢"


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-28上午去的，3号窗口等了40分钟",
        "2026-11-28 10:30取号，排到45号",
        "交了1200元，要求跑5次",
        "一个窗口一个人，三个小时办不完",
        "张三、李四两个窗口都说不归他管",
    ],
)
def test_days_amounts_and_plain_words_stay(text: str) -> None:
    assert mask(text) == text


def test_two_numbers_are_masked_each() -> None:
    assert mask("13800138000或者15900159000") == f"{MASK}或者{MASK}"
