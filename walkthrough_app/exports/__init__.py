"""Any list as csv or xlsx, made in the background."""
