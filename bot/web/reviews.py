"""A page for each review, at an address that only its change tells."""

from __future__ import annotations

import re

from flask import Blueprint, Response, abort, make_response, render_template

from bot.store.reviews import Reviews
from bot.web.markdown import render
from bot.web.resources import resources

blueprint = Blueprint("reviews", __name__)

_ID = re.compile(r"[0-9a-f]{32}")
_PRIVATE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}
"""Whoever has the address may read; no cache and no search engine shall have it."""


@blueprint.get("/reviews/<review_id>")
def show_review(review_id: str) -> Response:
    if not _ID.fullmatch(review_id):
        abort(404)
    review = Reviews(resources().engine).find(review_id) or abort(404)
    response = make_response(render_template("review.html", review=review, body=render(review.summary)))
    response.headers.update(_PRIVATE)
    return response
