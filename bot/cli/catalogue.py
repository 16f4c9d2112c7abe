"""`shipworthy rules` and `shipworthy explain`."""

from __future__ import annotations

import json
from difflib import get_close_matches

import click

from analyzers.catalogue import find_rules
from analyzers.page import Entry
from bot.cli.catalogue_page import render_catalogue


@click.command()
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True
)
def rules(form: str) -> None:
    """List every rule with its severity."""
    if form == "markdown":
        click.echo(render_catalogue(find_rules().values()), nl=False)
        return
    if form == "json":
        click.echo(
            json.dumps([_as_dict(rule) for rule in find_rules().values()], indent=2, ensure_ascii=False)
        )
        return
    width = max(map(len, find_rules()))
    for rule in find_rules().values():
        click.echo(
            f"{rule.id:<{width}}  {rule.page.wording.severity:<7}  {rule.chapter:<8}  {rule.page.title}"
        )


@click.command()
@click.argument("name", metavar="RULE")
def explain(name: str) -> None:
    """Print a rule's page."""
    known = find_rules()
    if name not in known:
        near = get_close_matches(name, known, 1)
        raise click.UsageError(
            f"there is no rule {name!r}" + (f"; did you mean {near[0]!r}?" if near else "")
        )
    page = known[name].page
    click.echo(
        f"# {page.title}\n\n{name}: {page.wording.severity}, "
        f"confidence {page.wording.confidence}\n\n{page.body}"
    )
    if page.references:
        click.echo("\n## References\n\n" + "\n".join(f"- {reference}" for reference in page.references))


def _as_dict(rule: Entry) -> dict[str, str]:
    wording = rule.page.wording
    return {
        "id": rule.id,
        "title": rule.page.title,
        "chapter": rule.chapter,
        "severity": wording.severity.value,
        "confidence": wording.confidence.value,
    }
