"""What others open: the official form filled in the media of an office, and data packages."""
