"""Publications: notebooks executed into self-contained pages, and an index over them."""

from .pages import publish

__all__ = ["publish"]
