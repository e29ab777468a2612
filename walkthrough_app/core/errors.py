"""The errors services raise. Their text is shown to the user: one clear sentence in Chinese."""


class AppError(Exception):
    """Base: carries the HTTP status the web layer answers with."""

    status = 500

    def __init__(self, message: str = "") -> None:
        super().__init__(message or self.default)

    default = "系统出错了，请稍后再试。"

    @property
    def message(self) -> str:
        return str(self)


class NotFound(AppError):
    """The thing is not there, or the user has no business knowing that it is."""

    status = 404
    default = "没有找到这个页面或记录。"


class Forbidden(AppError):
    """The user may see the thing but not do this to it."""

    status = 403
    default = "您可以查看，但不能修改。"


class Conflict(AppError):
    """The thing is not in a state that allows this."""

    status = 409
    default = "状态已经变化，请刷新后再试。"


class TooMany(AppError):
    """Too many tries in a short time."""

    status = 429
    default = "尝试次数过多，请稍后再试。"


class Invalid(AppError):
    """A value the user gave cannot be taken; goes beside `field` on the form."""

    status = 422

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
