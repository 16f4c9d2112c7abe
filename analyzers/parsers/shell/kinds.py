"""The names that the grammar of shell scripts gives to its nodes, by what they are to the reader.

https://github.com/tree-sitter/tree-sitter-bash/blob/master/grammar.js
"""

from __future__ import annotations

COMMANDS = frozenset(
    {"command", "declaration_command", "unset_command", "test_command", "variable_assignment"}
)
WORDS = frozenset(
    {"command_name", "word", "string", "raw_string", "number", "concatenation", "simple_expansion"}
)
"""Frequent parts of a command that are words whatever the command is."""
BUILT_IN = frozenset({"declaration_command", "unset_command"})
ONE_AFTER_ANOTHER = frozenset(
    {"list", "pipeline", "redirected_statement", "negated_command", "variable_assignments"}
)
BRANCHES = frozenset({"elif_clause", "else_clause", "case_item"})
ENCLOSING = BRANCHES | {
    "subshell",
    "compound_statement",
    "do_group",
    "if_statement",
    "while_statement",
    "for_statement",
    "c_style_for_statement",
    "case_statement",
    "ERROR",
}
SUBSTITUTIONS = frozenset({"command_substitution", "process_substitution"})
TESTS = frozenset({"if_statement", "elif_clause", "while_statement", "negated_command"})
"""Statements that ask whether a command succeeds."""
HEADS = frozenset({"for_statement", "case_statement"})
OPERATORS = frozenset({"&&", "||", "|", "|&", ";", "&"})
LEFT_OUT = frozenset({"\n", "(", ")", "{", "}", "if", "fi", "do", "done", "in", ";;", '"', "word"})
"""Frequent nodes that hold nothing."""
NOT_WORDS = frozenset(
    {"variable_assignment", "file_redirect", "herestring_redirect", "heredoc_redirect", "comment"}
)
