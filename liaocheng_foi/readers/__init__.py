"""Readers: each turns the bytes of one medium into a :class:`~liaocheng_foi.grid.Document`."""
