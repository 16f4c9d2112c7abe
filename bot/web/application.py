"""The web application: which addresses there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Blueprint, Flask

from bot.settings import Settings
from bot.web import health, metrics, webhooks
from bot.web.headers import secure
from bot.web.resources import Intake, Resources


def create_application(
    settings: Settings, intakes: Mapping[str, Intake], pages: Sequence[Blueprint] = ()
) -> Flask:
    """`pages` are further blueprints. Opens neither database nor network."""
    application = Flask(__name__)
    application.config["MAX_CONTENT_LENGTH"] = webhooks.MAX_BODY
    application.secret_key = settings.secret_key or None
    Resources(settings, intakes).attach(application.extensions)
    application.after_request(secure)
    for blueprint in (webhooks.blueprint, health.blueprint, metrics.blueprint, *pages):
        application.register_blueprint(blueprint)
    return application
