"""The GraphQL documents we send. Values travel as variables, never inside the text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

CHECK_NAME = "shipworthy"
THREADS_A_PAGE = 100
REPLIES_READ = 5

_THREADS = f"""
      reviewThreads(first: {THREADS_A_PAGE}, after: $after) {{
        pageInfo {{ hasNextPage endCursor }}
        nodes {{
          id isResolved isOutdated viewerCanResolve path line originalLine
          resolvedBy {{ login }}
          comments(first: {REPLIES_READ}) {{
            totalCount
            nodes {{ id fullDatabaseId body viewerDidAuthor author {{ login }} }}
          }}
        }}
      }}"""

_PULL = """title state isDraft baseRefName baseRefOid headRefName headRefOid changedFiles
      author { __typename login }
      labels(first: 50) { nodes { name } }"""

_HEAD = f"""oid
        parents(first: 2) {{ totalCount }}
        checkSuites(first: 5, filterBy: {{appId: $app}}) {{ nodes {{
          checkRuns(last: 20, filterBy: {{checkName: "{CHECK_NAME}"}}) {{ nodes {{
            databaseId externalId status
            annotations(first: 100) {{
              totalCount
              nodes {{ path title message location {{ start {{ line }} end {{ line }} }} }}
            }}
          }} }}
        }} }}"""

STATE = f"""
query State($owner: String!, $name: String!, $number: Int!, $app: Int!, $after: String) {{
  repository(owner: $owner, name: $name) {{
    nameWithOwner
    pullRequest(number: $number) {{
      {_PULL}
      commits(last: 1) {{ nodes {{ commit {{
        {_HEAD}
      }} }} }}{_THREADS}
    }}
  }}
}}"""

QUEUED = f"""
query Queued($owner: String!, $name: String!, $number: Int!, $app: Int!, $head: String!) {{
  repository(owner: $owner, name: $name) {{
    nameWithOwner
    pullRequest(number: $number) {{
      {_PULL}
    }}
    object(expression: $head) {{ ... on Commit {{
        {_HEAD}
    }} }}
  }}
}}"""

MORE_THREADS = f"""
query MoreThreads($owner: String!, $name: String!, $number: Int!, $after: String) {{
  repository(owner: $owner, name: $name) {{
    pullRequest(number: $number) {{{_THREADS}
    }}
  }}
}}"""

OPEN_PULLS = """
query OpenPulls($repositories: [ID!]!, $first: Int!, $branch: String) {
  nodes(ids: $repositories) { ... on Repository {
    nameWithOwner
    pullRequests(
      first: $first, states: OPEN, baseRefName: $branch, orderBy: {field: UPDATED_AT, direction: DESC}
    ) { nodes { id number headRefOid updatedAt } }
  } }
}"""

PULL_CHECKS = f"""
query PullChecks($pulls: [ID!]!, $app: Int!) {{
  nodes(ids: $pulls) {{ ... on PullRequest {{
    id
    commits(last: 1) {{ nodes {{ commit {{
      oid
      checkSuites(first: 5, filterBy: {{appId: $app}}) {{ nodes {{
        checkRuns(last: 20, filterBy: {{checkName: "{CHECK_NAME}"}}) {{ nodes {{ externalId status }} }}
      }} }}
    }} }} }}
  }} }}
}}"""

ANSWERS = """
query Answers($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      comments(last: 50) { nodes { body viewerDidAuthor } }
      reviewThreads(last: 100) { nodes { comments(last: 10) { nodes { body viewerDidAuthor } } } }
    }
  }
}"""

VOTES = f"""
query Votes($owner: String!, $name: String!, $number: Int!, $after: String) {{
  repository(owner: $owner, name: $name) {{
    pullRequest(number: $number) {{
      reviewThreads(first: {THREADS_A_PAGE}, after: $after) {{
        pageInfo {{ hasNextPage endCursor }}
        nodes {{
          comments(first: 1) {{
            nodes {{ body viewerDidAuthor reactionGroups {{ content reactors(first: 1) {{ totalCount }} }} }}
          }}
        }}
      }}
    }}
  }}
}}"""

_BLOB = "... on Blob { oid byteSize isBinary isTruncated text }"


def blobs_query(expressions: Sequence[str]) -> tuple[str, dict[str, Any]]:
    """Asks for many blobs, each by its id or as `commit:path`; the n-th answers under `b<n>`."""
    variables = {f"e{number}": expression for number, expression in enumerate(expressions)}
    declared = ", ".join(f"${name}: String!" for name in variables)
    asked = "\n".join(
        f"    b{number}: object(expression: $e{number}) {{ {_BLOB} }}" for number in range(len(expressions))
    )
    document = (
        f"query Blobs($owner: String!, $name: String!, {declared}) {{\n"
        f"  repository(owner: $owner, name: $name) {{\n{asked}\n  }}\n}}"
    )
    return document, variables


def resolve_mutation(thread_ids: Sequence[str]) -> tuple[str, dict[str, Any]]:
    """Resolves many threads; the n-th answers under `r<n>`."""
    variables = {f"t{number}": one for number, one in enumerate(thread_ids)}
    fields = [
        f"r{number}: resolveReviewThread(input: {{threadId: $t{number}}}) {{ thread {{ isResolved }} }}"
        for number in range(len(thread_ids))
    ]
    return _mutation("Resolve", dict.fromkeys(variables, "ID!"), fields), variables


def fixed_mutation(edits: Sequence[tuple[str, str, bool]]) -> tuple[str, dict[str, Any]]:
    """Rewrites comments of ours: (comment id, new body, whether to fold it away as resolved)."""
    types: dict[str, str] = {}
    variables: dict[str, Any] = {}
    fields = []
    for number, (comment, body, fold) in enumerate(edits):
        types |= {f"c{number}": "ID!", f"b{number}": "String!"}
        variables |= {f"c{number}": comment, f"b{number}": body}
        fields.append(
            f"u{number}: updatePullRequestReviewComment(input: {{pullRequestReviewCommentId: $c{number}, "
            f"body: $b{number}}}) {{ pullRequestReviewComment {{ id }} }}"
        )
        if fold:
            fields.append(
                f"m{number}: minimizeComment(input: {{subjectId: $c{number}, classifier: RESOLVED}}) "
                "{ minimizedComment { isMinimized } }"
            )
    return _mutation("Fixed", types, fields), variables


def _mutation(name: str, types: dict[str, str], fields: Sequence[str]) -> str:
    declared = ", ".join(f"${variable}: {kind}" for variable, kind in types.items())
    return f"mutation {name}({declared}) {{\n  " + "\n  ".join(fields) + "\n}"
