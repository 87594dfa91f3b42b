"""Which texts look like figures, before anything is known of what they say."""

from __future__ import annotations

import re

#: A number, a dash, ``/`` or the word for none; with letters that scanners and typists put for digits it is no number
#: any more, but still a figure's cell and no label.
FIGURE = re.compile(r"[+\-−‐‑‒–]?[\dOoIlSBZ,，.]+(?:元|万元|件|项|%)?|[/／—–-]{1,2}|无")
