"""``python -m liaocheng_foi`` is the command ``foi``."""

import sys

from .cli import main

sys.exit(main())
