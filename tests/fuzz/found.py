"""Inputs that once made an entry fail, made small, each with what was wrong. Every test run tries them."""

from __future__ import annotations

from typing import NamedTuple


class Found(NamedTuple):
    entry: str
    content: bytes
    what: str


FOUND = (
    Found("dockerfile", b"FROM a\nHEALTHCHECK --a", "no word behind a HEALTHCHECK's flag"),
    Found("dockerfile", b"FROM a\nHEALTHCHECK CMD", "no word behind a HEALTHCHECK's type"),
    Found(
        "dockerfile", b"FROM a\nRUN <<E\n`a\nE\n", "a command that ends with the end of its heredoc's line"
    ),
    Found("dockerignore", b"[a--b]\n", "a range that Python's own patterns warn of"),
    Found("yaml", b"\ra\n", "a carriage return alone is no end of line to anybody who shows it"),
    Found("yaml", b"\r&x\n<'", "a plain text over two lines behind a lone carriage return"),
    Found("yaml", "# 日本\0\n".encode(), "libyaml counts bytes, not characters, up to what it refuses"),
    Found("yaml", b"&x |2+\n    \n\n---\n", "an anchor in front of a block scalar as long as its content"),
    Found("template", b"\rt\\", "a carriage return alone, in a template"),
    Found("go", b"p\r\nackage a\nfunc srv(\t", "an error that no node of the tree admits to"),
    Found("shell", b"\xef\xbb\xbf#", "a byte order mark has no column"),
    Found(
        "xml",
        b'<?xml version="1.0" encoding="latin1"?><configuration><root l="\xc2\xa9"/></configuration>',
        "an encoding that is not the one the text was decoded with",
    ),
    Found("xml", b"<configuration>\ra</configuration>", "a carriage return ends a line for XML, not for us"),
    Found("go", b"\xf0\x98c{}", "a character cut short"),
    Found("go", b"\xef\xbb\xbfS{}", "a byte order mark in front of what is no Go"),
    Found("go", b"func()struct{t``}m.(y", "a function without a name in front of its result"),
    Found("excerpt", b"kind:kind:ConfigMap", "a byte order mark in front of a kind"),
    Found("properties", b"\ra", "a carriage return ends a line for Java, not for who shows it"),
    Found("properties", b"a=b\na\r:=b\n# \x0c\\\\", "a carriage return within a line"),
)
