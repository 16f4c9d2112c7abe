"""The web application put together. What reviews is put together in `bot.work`, and not loaded here."""

from __future__ import annotations

import time
from collections.abc import Mapping
from functools import partial

from flask import Flask, redirect

from bot.forges.github_envelope import open_github, open_local
from bot.forges.github_events import read_event as read_github_event
from bot.forges.github_key import find_flaw
from bot.forges.gitlab_envelope import GitlabSecrets, open_gitlab
from bot.forges.gitlab_events import read_event as read_gitlab_event
from bot.forges.local_events import read_event as read_local_event
from bot.settings import Settings
from bot.web.application import create_application
from bot.web.local import blueprint as local_pages
from bot.web.resources import Intake
from bot.web.rules import blueprint as rule_pages


def create_web(settings: Settings) -> Flask:
    """Flask, ready to serve. Database and queue are opened with the first request that needs them."""
    pages = [rule_pages, local_pages] if settings.local else [rule_pages]
    application = create_application(settings, create_intakes(settings), pages)
    front = "/local" if settings.local else "/rules"
    application.add_url_rule("/", "front", lambda: redirect(front))
    return application


def create_intakes(settings: Settings) -> Mapping[str, Intake]:
    """The forges that are configured, by the last word of their webhook's address."""
    intakes = {}
    if github := settings.github:
        intakes["github"] = Intake(
            partial(open_github, secrets=github.webhook_secrets),
            partial(read_github_event, own_app_id=github.app_id),
            event_header="X-GitHub-Event",
            flaw=find_flaw(github.private_key),
        )
    for gitlab in settings.gitlabs:
        secrets = GitlabSecrets(gitlab.webhook_secrets, gitlab.signing_tokens)
        intakes[gitlab.name] = Intake(
            partial(open_gitlab, secrets=secrets, now=time.time),
            partial(read_gitlab_event, forge=gitlab.name),
            event_header="X-Gitlab-Event",
            counts_refusals=True,
        )
    if local := settings.local:
        intakes["local"] = Intake(partial(open_local, secrets=local.webhook_secrets), read_local_event)
    return intakes
