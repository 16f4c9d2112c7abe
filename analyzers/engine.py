"""Every rule on every subject it asks for. A rule that breaks is named in a note and stops no other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from analyzers.catalogue import find_rules, load_rules
from analyzers.config import Config
from analyzers.finding import Confidence, Finding, Note, Status
from analyzers.fingerprint import fingerprint, normalise
from analyzers.mending import mend, without_overwriting
from analyzers.suppression import MARK, Suppression, complain, find_suppressions

if TYPE_CHECKING:
    from analyzers.model.repository import Repository
    from analyzers.rule import Problem, Rule

Known = MutableMapping[tuple[str, int], tuple[object, "Sequence[Problem]"]]
"""What is wrong with a subject, by rule and its identity. It is kept, so that no other takes its place."""


def judge(
    repository: Repository, config: Config, renames: Mapping[str, str] = {}, known: Known | None = None
) -> tuple[list[Finding], list[Note]]:
    """All findings of one tree in reading order, and what went wrong on the way.

    `renames` maps a path of this tree to the one its fingerprints shall speak of. `known` keeps what rules
    say of a part, for another tree that has it in common with this one.
    """
    notes: list[Note] = []
    findings: list[Finding] = []
    for rule in load_rules().values():
        if config.enables(rule.id):
            found, broken = _run(rule, repository, config, renames, known)
            findings += found
            notes += broken
    findings = [finding for finding in findings if not config.excludes(finding.at.path)]
    findings.sort(key=lambda finding: (finding.at, finding.rule))
    return _silence(findings, repository, config, notes), notes


def _run(
    rule: Rule, repository: Repository, config: Config, renames: Mapping[str, str], known: Known | None
) -> tuple[list[Finding], list[Note]]:
    try:
        problems = [
            problem
            for subject in repository.subjects(rule.subject)
            for problem in _problems(rule, subject, known)
        ]
        return list(_phrase(rule, problems, repository, config, renames)), []
    except Exception as failure:
        return [], [
            # What a failure says of itself may quote a file, so its kind alone is told.
            Note("", f"the rule {rule.id} failed ({type(failure).__name__}) and was left out")
        ]


def _problems(rule: Rule, subject: object, known: Known | None) -> Iterable[Problem]:
    """What is wrong with a part. It is asked once: a rule looks at nothing but its subject."""
    if known is None:
        return rule.check(subject)
    key = rule.id, id(subject)
    if key not in known:
        known[key] = subject, tuple(rule.check(subject))
    return known[key][1]


def _phrase(
    rule: Rule,
    problems: Iterable[Problem],
    repository: Repository,
    config: Config,
    renames: Mapping[str, str],
) -> Iterator[Finding]:
    """Problems in words. The same place seen twice, through two services say, is one finding."""
    seen: Counter[tuple[str, str]] = Counter()
    unique = {(problem.at, problem.case, problem.evidence): problem for problem in problems}
    for problem in sorted(unique.values(), key=lambda problem: problem.at):
        wording = rule.page.wording_of(problem.case)
        message, why, advice = wording.say(problem.values)
        path = renames.get(problem.at.path, problem.at.path)
        evidence = normalise(problem.evidence or repository.text_at(problem.at))
        ordinal = seen[path, evidence]
        seen[path, evidence] += 1
        yield Finding(
            rule=rule.id,
            severity=config.severity_of(rule.id, wording.severity),
            confidence=_lowered(wording.confidence, problem, repository),
            at=problem.at,
            message=message,
            why=why,
            advice=advice,
            fingerprint=fingerprint(rule.id, path, evidence, ordinal),
            related=problem.related,
            fix=without_overwriting(
                problem.fix or mend(problem.replacements, repository.text), repository.text
            ),
            secret=problem.secret,
        )


def _lowered(confidence: Confidence, problem: Problem, repository: Repository) -> Confidence:
    """One step less where a place rests on a chart's values: who installs it may set others."""
    places = (problem.at, *(related.at for related in problem.related))
    is_assumed = any(at.path in repository.assumed_paths for at in places)
    return confidence.lowered if is_assumed else confidence


def _silence(
    findings: list[Finding], repository: Repository, config: Config, notes: list[Note]
) -> list[Finding]:
    by_path = {path: list(find_suppressions(path, text)) for path, text in repository.texts_with(MARK)}
    used: set[Suppression] = set()
    silenced = [_ignore(finding, by_path.get(finding.at.path, ()), used) for finding in findings]
    for suppression in (entry for entries in by_path.values() for entry in entries):
        if all(map(config.enables, suppression.rules)):
            notes.extend(complain(suppression, find_rules().keys(), suppression in used))
    return silenced


def _ignore(finding: Finding, suppressions: Iterable[Suppression], used: set[Suppression]) -> Finding:
    for suppression in suppressions:
        if suppression.covers(finding.rule, finding.at.line):
            used.add(suppression)
            if suppression.reason:
                return replace(finding, status=Status.IGNORED, reason=suppression.reason)
    return finding
