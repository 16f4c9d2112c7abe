from __future__ import annotations

import pytest

from analyzers.model.pipelines.expressions import hash_calls, hashed_files, hide, restore, simple_reference


@pytest.mark.parametrize("text", ["", "echo", "${HOME} $x", "${{ never closed", "}} ${ { a } }"])
def test_nothing_to_hide(text: str) -> None:
    assert hide(text) == (text, ())


@pytest.mark.parametrize(
    ("text", "expressions"),
    [
        pytest.param("a ${{ x }} b", ("${{ x }}",), id="one"),
        pytest.param("${{x}}${{y}}", ("${{x}}", "${{y}}"), id="two side by side"),
        pytest.param("${{}}", ("${{}}",), id="empty"),
        pytest.param("${{ a\n }}", ("${{ a\n }}",), id="over two lines"),
        pytest.param("".join(f"${{{{ {n} }}}} " for n in range(300)), None, id="300"),
    ],
)
def test_hidden_text_keeps_its_length_and_comes_back(text: str, expressions: tuple[str, ...] | None) -> None:
    hidden, found = hide(text)
    assert len(hidden) == len(text)
    assert "$" not in hidden
    assert restore(hidden, found) == text
    assert expressions is None or found == expressions


def test_a_word_cut_out_of_the_text_comes_back() -> None:
    hidden, expressions = hide("tag ${{ a }}:${{ b }} now")
    assert [restore(word, expressions) for word in hidden.split()] == ["tag", "${{ a }}:${{ b }}", "now"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.23", None),
        ("${{ matrix.go }}.x", None),
        ("${{ fromJSON(matrix.go) }}", None),
        ("${{ inputs.go }}", None),
        ("${{ matrix.go-version }}", ("matrix", "go-version")),
        ("${{env.GO_VERSION}}", ("env", "GO_VERSION")),
    ],
)
def test_simple_reference(text: str, expected: tuple[str, str] | None) -> None:
    assert simple_reference(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("go-${{ runner.os }}", ()),
        ("${{ hashFiles(env.FILE) }}", ()),
        ("go-${{ hashFiles('**/go.sum') }}", ("**/go.sum",)),
        ("${{ hashFiles('a', 'b') }}-${{ hashFiles('c') }}", ("a", "b", "c")),
    ],
)
def test_hashed_files(text: str, expected: tuple[str, ...]) -> None:
    assert hashed_files(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("go", ()),
        ("${{ hashFiles('a', 'b') }}-${{ hashFiles( 'c' ) }}", (("a", "b"), ("c",))),
        ("${{ hashFiles(env.FILE) }}", None),
        ("${{ hashFiles(format('{0}', matrix.file)) }}", None),
        ("${{ hashFiles('a', matrix.file) }}", None),
    ],
)
def test_hash_calls(text: str, expected: tuple[tuple[str, ...], ...] | None) -> None:
    assert hash_calls(text) == expected
