"""Reviews of repositories on disk, readable in a browser: `/local` and a page for each change."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, abort, render_template

from analyzers.files import GitFiles
from bot.errors import Gone
from bot.forges.base import Change, ChangeRef
from bot.forges.local import LocalForge
from bot.forges.local_events import FORGE, MAX_NUMBER
from bot.store.local import Conversations
from bot.store.reviews import PastReview, Reviews
from bot.web.local_view import homeless_threads, show_files
from bot.web.markdown import render
from bot.web.resources import resources

MAX_SHOWN_BYTES = 1 << 20

blueprint = Blueprint("local", __name__, url_prefix="/local")


@blueprint.app_context_processor
def offer_reviews() -> dict[str, bool]:
    """Every page may lead here, as soon as these pages are registered."""
    return {"has_local": True}


@blueprint.get("")
def list_changes() -> str:
    changes = [(*_split(key), summary) for key, summary in Conversations(resources().engine).changes()]
    return render_template("local_changes.html", changes=changes)


@blueprint.get("/<path:repository>/<int:number>")
def show_change(repository: str, number: int) -> str:
    forge, change, past = _reviewed(repository, number)
    head, summary = forge.conversations.summary(change.ref.key) or abort(404)
    return render_template(
        "local_change.html",
        change=change,
        past=past,
        head=head,
        summary=summary,
        body=render(summary.body),
        files=show_files(change),
        homeless=homeless_threads(change),
    )


@blueprint.get("/<path:repository>/<int:number>/blob/<commit>/<path:path>")
def show_file(repository: str, number: int, commit: str, path: str) -> str:
    """A file as it was reviewed. Only commits that we spoke of are shown."""
    forge, change, _ = _reviewed(repository, number)
    if forge.conversations.summary(change.ref.key, commit) is None:
        abort(404)
    files = GitFiles(forge.repository(repository), commit)
    blob = files.tree.get(path) or abort(404)
    if blob.size > MAX_SHOWN_BYTES:
        abort(404)
    text = files.read([path])[path].decode("utf-8", "replace")
    return render_template("local_file.html", change=change, path=path, commit=commit, lines=text.split("\n"))


def _reviewed(repository: str, number: int) -> tuple[LocalForge, Change, PastReview]:
    """The change as it was when it was last reviewed. 404 where there is none."""
    held = resources()
    local = held.settings.local or abort(404)
    ref = ChangeRef(FORGE, repository, min(number, MAX_NUMBER))
    past = Reviews(held.engine).latest(ref.key) or abort(404)
    forge = LocalForge(local.repositories, Conversations(held.engine), held.settings.public_url)
    try:
        change = forge.change(replace(ref, base=past.base, head=past.head))
    except Gone:
        abort(404)
    return forge, change, past


def _split(key: str) -> tuple[str, str]:
    repository, _, number = key.removeprefix(f"{FORGE}:").rpartition("#")
    return repository, number
