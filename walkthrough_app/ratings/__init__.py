"""What the public says behind a code at the counter: 万人评机关、评窗口 and 好差评, without a name."""
