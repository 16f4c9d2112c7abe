"""Markdown of ours turned into HTML. Of HTML inside it only a few bare tags live on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup, escape

_KEPT = re.compile(r"(</?(?:details|summary|sub)>)")
_COMMENT = re.compile(r"<!--.*?-->", re.S)


class _Renderer(RendererHTML):
    """Written for text that has values of a change in it: whatever is not known is shown, not obeyed."""

    def html_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return _sift(tokens[idx].content)

    def html_inline(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return _sift(tokens[idx].content)

    def th_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return self._open_cell(tokens, idx, options, env)

    def td_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return self._open_cell(tokens, idx, options, env)

    def _open_cell(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Alignment by a class: our pages allow no inline style."""
        style = tokens[idx].attrs.pop("style", None)
        if style:
            tokens[idx].attrSet("class", str(style).removeprefix("text-align:"))
        return self.renderToken(tokens, idx, options, env)

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """No picture is fetched from anywhere."""
        return str(escape(tokens[idx].content))


def render(markdown: str) -> Markup:
    """HTML that is safe to put into a page."""
    return Markup(_reader().render(markdown))  # noqa: S704 - every tag in it is the renderer's or one of _KEPT


def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", renderer_cls=_Renderer).enable(["table", "strikethrough"])


def _sift(html: str) -> str:
    parts = _KEPT.split(_COMMENT.sub("", html))
    return "".join(part if _KEPT.fullmatch(part) else str(escape(part)) for part in parts)
