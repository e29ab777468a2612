"""Why a picture is refused: one sentence each that says what to do."""

EMPTY = "文件是空的，请重新选择照片。"
NOT_A_PHOTO = "这不是照片文件，请换一张 JPEG、PNG、WebP 或 HEIC 照片。"
INCOMPLETE = "照片不完整，可能没有传完，请重新选择。"
TOO_MANY_BYTES = "照片太大，请换一张不超过 40 MB 的照片。"
TOO_MANY_PIXELS = "照片的像素太多，请用手机相机按普通尺寸重新拍一张。"
UNREADABLE = "照片打不开，可能已经损坏，请换一张或重新拍摄。"


class Refusal(Exception):
    """The picture cannot be taken; the text is for the user."""
