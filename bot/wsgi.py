"""`bot.wsgi:app` for a WSGI server of your own. `shipworthy web` needs no such thing.

With several processes, give them a folder in PROMETHEUS_MULTIPROC_DIR, or /metrics counts one of them only.
"""

from __future__ import annotations

import os

from bot.app import create_web
from bot.logs import configure_logs
from bot.settings import Settings

_settings = Settings.from_environment(os.environ)
configure_logs(_settings.log_level, _settings.log_format)
app = create_web(_settings)
