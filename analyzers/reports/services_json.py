"""The service model as JSON, schema `shipworthy/services/v1`."""

from __future__ import annotations

import json
from dataclasses import asdict

from analyzers.reports.services_parts import Outline
from analyzers.version import VERSION


def render_services_json(outline: Outline) -> str:
    """In ASCII. A port or a number of replicas that is not known is null, a text that is not is empty."""
    document = {"schema": "shipworthy/services/v1", "version": VERSION, **asdict(outline)}
    return json.dumps(document, indent=2)
