"""The catalogue: `/rules` and a page for each rule."""

from __future__ import annotations

import re
from itertools import groupby

from flask import Blueprint, abort, render_template

from analyzers.catalogue import find_rules
from bot.web.markdown import render

CHAPTERS = {
    "build": "The image does not build, or builds the wrong thing",
    "image": "What ships is too big, too old or too powerful",
    "delivery": "The pipeline publishes or deploys something else",
    "runtime": "It starts badly, runs badly or is killed",
    "shutdown": "It loses requests when it stops",
}
_MARK = re.compile(r"[ \t]*(?:#|//) (?:finding|related)(?:: .+)?$", re.M)
"""What tells our tests which line of an example is found."""

blueprint = Blueprint("rules", __name__)


@blueprint.get("/rules")
def list_rules() -> str:
    rules = sorted(find_rules().values(), key=lambda rule: (list(CHAPTERS).index(rule.chapter), rule.id))
    chapters = [(CHAPTERS[name], list(group)) for name, group in groupby(rules, lambda rule: rule.chapter)]
    return render_template("rules.html", chapters=chapters, count=len(rules))


@blueprint.get("/rules/<rule_id>")
def show_rule(rule_id: str) -> str:
    rule = find_rules().get(rule_id) or abort(404)
    page = rule.page
    return render_template(
        "rule.html",
        rule=rule,
        page=page,
        chapter=CHAPTERS[rule.chapter],
        body=render(_MARK.sub("", page.body)),
    )
