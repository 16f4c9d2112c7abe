"""Installs of package managers."""

from __future__ import annotations

import pytest

from analyzers.model.builds.package_installs import (
    brings,
    latest_tool_of,
    lock_file_in,
    loose_install_of,
    project_folder,
)
from analyzers.model.command import Command
from tests.analyzers.model.repositories import repository


def command(text: str) -> Command:
    files = {"Dockerfile": f"FROM node:22\nRUN {text}\n"}
    return repository(files).images[0].final.runs[0].commands[0]


@pytest.mark.parametrize(
    "text",
    [
        "npm ci",
        "npm install sharp",
        "npm install -g pnpm",
        "npm install --no-package-lock",
        "npm --version",
        "npm run install",
        "npm install $PACKAGE",
        "yarn build",
        "yarn --version",
        "yarn install --immutable",
        "yarn install --frozen-lockfile=true",
        "pnpm install --frozen-lockfile",
        "pnpm --filter web install",
        "pip install -r requirements.txt",
    ],
)
def test_no_loose_install(text: str) -> None:
    assert loose_install_of(command(text)) is None


@pytest.mark.parametrize(
    ("text", "manager", "verb"),
    [
        ("npm install", "npm", 1),
        ("npm i --omit=dev", "npm", 1),
        ("yarn", "yarn", None),
        ("yarn --production", "yarn", None),
        ("yarn install", "yarn", 1),
        ("pnpm install --frozen-lockfile=false", "pnpm", 1),
    ],
)
def test_a_loose_install(text: str, manager: str, verb: int | None) -> None:
    found = loose_install_of(command(text))
    assert found is not None
    assert (found.manager, found.verb) == (manager, verb)


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("go install a.b/c@latest", 2),
        ("go install -v a.b/c@latest", 3),
        ("go install a.b/c@v1", None),
        ("go get a.b/c@latest", None),
        ("go install a.b/c@latest a.b/d@latest", None),
    ],
)
def test_a_tool_of_today(text: str, index: int | None) -> None:
    assert latest_tool_of(command(text)) == index


@pytest.mark.parametrize(
    ("copy", "folder"),
    [
        ("COPY web/package*.json ./", "web"),
        ("COPY web ./", "web"),
        ("COPY . .", None),
        ("COPY --from=other web ./", None),
        ("COPY go.mod ./", None),
    ],
)
def test_the_project_that_is_copied(copy: str, folder: str | None) -> None:
    files = {
        "Dockerfile": f"FROM node:22\n{copy}\nRUN npm install\nCOPY package.json go.mod /x/\n",
        "web/package.json": "{}",
        "admin/package.json": "{}",
        "web/node_modules/a/package.json": "{}",
    }
    found = repository(files)
    image = found.images[0]
    assert project_folder(image, image.final.copies[:1], found.sources.tree) == folder


def test_the_lock_file_and_whether_it_is_copied() -> None:
    files = {
        "Dockerfile": "FROM node:22\nCOPY package*.json ./\nCOPY . .\n",
        ".dockerignore": "yarn.lock\n",
        "package.json": "{}",
        "package-lock.json": "{}",
        "yarn.lock": "",
    }
    found = repository(files)
    image = found.images[0]
    assert lock_file_in("", "npm", found.sources.tree) == "package-lock.json"
    assert lock_file_in("", "pnpm", found.sources.tree) == ""
    assert brings(image, image.final.copies[:1], "package-lock.json")
    assert not brings(image, image.final.copies[:1], "src/index.js")
    assert brings(image, image.final.copies, "src/index.js")
    assert not brings(image, image.final.copies, "yarn.lock")
