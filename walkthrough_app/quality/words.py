"""Lengths and moments as flags say them."""

from datetime import datetime

from walkthrough_app.core import clock


def length(seconds: float) -> str:
    """Write 20秒, 6分钟, 3小时20分钟; what is above a minute in whole minutes, rounded down."""
    if seconds < 60:
        return f"{int(seconds)}秒"
    hours, minutes = divmod(int(seconds) // 60, 60)
    if hours >= 48:
        return f"{hours // 24}天"
    return f"{hours}小时{minutes}分钟" if hours and minutes else f"{hours}小时" if hours else f"{minutes}分钟"


def moment(at: datetime | None) -> str:
    if at is None:
        return ""
    local = clock.to_local(at)
    return f"{local.month}月{local.day}日{local:%H:%M}"
