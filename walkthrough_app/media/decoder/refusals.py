"""Why a file is refused: one sentence each that says what to do."""

EMPTY = "文件是空的，请重新选择照片。"
NOT_A_PHOTO = "这不是照片文件，请换一张 JPEG、PNG、WebP 或 HEIC 照片。"
INCOMPLETE = "照片不完整，可能没有传完，请重新选择。"
TOO_MANY_BYTES = "照片太大，请换一张不超过 40 MB 的照片。"
TOO_MANY_PIXELS = "照片的像素太多，请用手机相机按普通尺寸重新拍一张。"
UNREADABLE = "照片打不开，可能已经损坏，请换一张或重新拍摄。"

CLIP_EMPTY = "文件是空的，请重新选择录像或录音。"
NOT_A_CLIP = "这不是录像或录音文件，请换成 MP4、MOV 或 WebM 格式。"
CLIP_INCOMPLETE = "录像或录音不完整，可能没有录完，请换一个文件。"
CLIP_UNREADABLE = "录像或录音打不开，可能已经损坏，请换一个文件。"
CLIP_CODEC = "这种录像或录音的编码无法使用，请用手机自带的相机或本页面录制。"
CLIP_TOO_HEAVY = "录像的画面太大，请把手机相机调到 4K 或更低再录。"
CLIP_TOO_LONG = "录像或录音太长，请分段录制，每段不超过 10 分钟。"
CLIP_MANY = "文件里有多路画面，无法使用，请换一个文件。"
NO_PICTURE = "文件里没有画面，请作为录音上传。"
NOT_VOICE = "文件里有画面，请作为录像上传。"
VIDEO_BYTES = "录像太大，请分段录制，每段不超过 200 MB。"
VOICE_BYTES = "录音太大，请分段录制，每段不超过 20 MB。"


class Refusal(Exception):
    """The file cannot be taken; the text is for the user."""
