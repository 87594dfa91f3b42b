"""The official form, filled from a report, in the media of an office; data packages are in :mod:`..release`."""
