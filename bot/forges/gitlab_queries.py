"""The GraphQL documents we send. Values travel as variables, never inside the text.

A query may cost 250 points. A field costs one, and a connection of blobs about `(paths + 7) * (1 + first /
100)`; many small ones are therefore cheaper than one large one.
https://docs.gitlab.com/api/graphql/#limits
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

DISCUSSIONS_A_PAGE = 100
NOTES_READ = 20
ENTRIES_A_PAGE = 100
PATHS_A_CONNECTION = 25
CONNECTIONS_A_QUERY = 5
TREE_PAGES_A_QUERY = 20

_DISCUSSIONS = f"""
      discussions(first: {DISCUSSIONS_A_PAGE}, after: $after) {{
        pageInfo {{ hasNextPage endCursor }}
        nodes {{
          id resolved resolvable
          resolvedBy {{ id }}
          notes(first: {NOTES_READ}) {{
            pageInfo {{ hasNextPage }}
            nodes {{
              id body system
              author {{ id }}
              position {{ newPath oldPath newLine positionType diffRefs {{ headSha }} }}
            }}
          }}
        }}
      }}"""

_ENTRIES = "pageInfo { hasNextPage endCursor } nodes { path sha mode }"

STATE = f"""
query State($path: ID!, $number: String!, $after: String, $ref: String!, $listed: Boolean!) {{
  currentUser {{ id }}
  project(fullPath: $path) {{
    id fullPath
    mergeRequest(iid: $number) {{
      title state draft sourceBranch targetBranch diffHeadSha
      author {{ id username }}
      labels(first: 50) {{ nodes {{ title }} }}
      diffRefs {{ baseSha startSha headSha }}
      diffStatsSummary {{ fileCount }}
      headPipeline {{ id sha }}{_DISCUSSIONS}
    }}
    repository @include(if: $listed) {{
      tree(ref: $ref, recursive: true) {{
        blobs(first: {ENTRIES_A_PAGE}) {{ {_ENTRIES} }}
      }}
    }}
  }}
}}"""

MORE_DISCUSSIONS = f"""
query MoreDiscussions($path: ID!, $number: String!, $after: String) {{
  project(fullPath: $path) {{
    mergeRequest(iid: $number) {{{_DISCUSSIONS}
    }}
  }}
}}"""


def tree_query(cursors: Sequence[str]) -> tuple[str, dict[str, Any]]:
    """Asks for pages of a commit's tree; the n-th answers under `p<n>`. An empty cursor is the first page."""
    variables: dict[str, Any] = {f"c{number}": cursor or None for number, cursor in enumerate(cursors)}
    declared = "".join(f", ${name}: String" for name in variables)
    asked = "\n".join(
        f"        p{number}: blobs(first: {ENTRIES_A_PAGE}, after: $c{number}) {{ {_ENTRIES} }}"
        for number in range(len(cursors))
    )
    document = (
        f"query Tree($path: ID!, $ref: String!{declared}) {{\n  project(fullPath: $path) {{\n"
        f"    repository {{\n      tree(ref: $ref, recursive: true) {{\n{asked}\n      }}\n    }}\n  }}\n}}"
    )
    return document, variables


def blobs_query(groups: Sequence[tuple[str, Sequence[str]]]) -> tuple[str, dict[str, Any]]:
    """Asks for the files of commits: (commit, paths) by (commit, paths); the n-th answers under `b<n>`."""
    variables: dict[str, Any] = {}
    asked = []
    for number, (commit, paths) in enumerate(groups):
        variables |= {f"r{number}": commit, f"p{number}": list(paths)}
        asked.append(
            f"      b{number}: blobs(ref: $r{number}, paths: $p{number}, first: {len(paths)}) "
            "{ nodes { path oid size rawTextBlob } }"
        )
    declared = "".join(f", $r{n}: String, $p{n}: [String!]!" for n in range(len(groups)))
    body = "\n".join(asked)
    document = (
        f"query Blobs($path: ID!{declared}) {{\n  project(fullPath: $path) {{\n    repository {{\n{body}"
    )
    return document + "\n    }\n  }\n}", variables
