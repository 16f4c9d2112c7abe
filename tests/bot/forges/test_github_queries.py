"""What we ask of GraphQL is what GitHub's own schema has, and what the stand-in has is a part of it."""

from __future__ import annotations

import graphql
import pytest

from bot.forges import github_queries
from tests.bot.forges.official_schema import official_schema
from tests.bot.forges.stand_in.graphql import SCHEMA

DOCUMENTS = {
    "blobs_query": github_queries.blobs_query(["a" * 40, "HEAD:Dockerfile"])[0],
    "resolve_mutation": github_queries.resolve_mutation(["T1", "T2"])[0],
    "fixed_mutation": github_queries.fixed_mutation([("C1", "Fixed.", True), ("C2", "Fixed.", False)])[0],
    **{
        name: text
        for name, text in vars(github_queries).items()
        if isinstance(text, str) and text.lstrip().startswith(("query", "mutation"))
    },
}


def test_all_documents_are_looked_at() -> None:
    made = {
        name for name in vars(github_queries) if name.endswith(("_query", "_mutation")) and name[0] != "_"
    }

    assert made <= DOCUMENTS.keys()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_github_would_take_it(name: str) -> None:
    assert graphql.validate(official_schema(), graphql.parse(DOCUMENTS[name])) == []


@pytest.mark.parametrize(
    "document",
    [
        pytest.param("{ viewer { logn } }", id="no such field"),
        pytest.param(
            'mutation { minimizeComment(input: {subjectId: "x", classifier: FIXED}) { clientMutationId } }',
            id="no such word",
        ),
    ],
)
def test_github_would_refuse(document: str) -> None:
    assert graphql.validate(official_schema(), graphql.parse(document))


def _fields(schema: graphql.GraphQLSchema) -> dict[str, str]:
    """Every field and argument with its type: `PullRequest.title` is `String!`."""
    found: dict[str, str] = {}
    for kind in schema.type_map.values():
        if kind.name.startswith("__"):
            continue
        for name, field in getattr(kind, "fields", {}).items():
            found[f"{kind.name}.{name}"] = str(field.type)
            for argument, described in getattr(field, "args", {}).items():
                found[f"{kind.name}.{name}({argument})"] = str(described.type)
    return found


def test_the_stand_in_says_nothing_that_github_does_not() -> None:
    official, ours = _fields(official_schema()), _fields(SCHEMA)

    assert {name: official.get(name) for name in ours} == ours
