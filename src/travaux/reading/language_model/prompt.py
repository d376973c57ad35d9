"""Step 2: what a model is told: the codebook's rules, worked examples, the agenda, and one passage between marks.

Two forms share one answer: ``full``, and ``terse`` for models whose context is a few thousand tokens. The worked examples are
passages of our own training data, never of the record that is read. `VERSION` counts changes of wording by hand; the digest
of the instructions stands in each run, and their text is kept in the record.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from travaux.model import Agenda, Person, Report
from travaux.reading.language_model.passages import Passage

VERSION = "1"


class Form(StrEnum):
    """Which prompt: the whole codebook, or the least that a small model needs."""

    FULL = "full"
    TERSE = "terse"


LONGEST_PASSAGE = {Form.FULL: 24_000, Form.TERSE: 3_000}
"""Characters of a report in one request: about 5,300 tokens, or 650 for contexts of four thousand with their answer."""
EXAMPLES_SHOWN = {Form.FULL: 3, Form.TERSE: 1}


@dataclass(frozen=True, slots=True)
class Message:
    """One message to a model: who says it (``system``, ``user``, ``assistant``) and what."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """The instructions for one agenda, the same for every report.

    Attributes:
        form: full or terse; instructions: the whole system message.
    """

    form: Form
    instructions: str

    @property
    def digest(self) -> str:
        """SHA-256 of the instructions."""
        return hashlib.sha256(self.instructions.encode()).hexdigest()

    @property
    def longest_passage(self) -> int:
        """Characters of a report that go into one request."""
        return LONGEST_PASSAGE[self.form]

    def messages(self, report: Report, passage: Passage) -> tuple[Message, Message]:
        """The two messages that ask about one passage."""
        return Message("system", self.instructions), Message("user", asked(report, passage))


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example: a passage with its own small agenda, and the right answer, as JSON."""

    id: str
    passage: str
    agenda: str
    statements: tuple[dict[str, Any], ...]

    def shown(self) -> str:
        """The example as the instructions carry it."""
        answer = json.dumps({"statements": self.statements}, ensure_ascii=False)
        return f"Agenda\n{self.agenda}\nReport\n{self.passage}\nAnswer\n{answer}"


def prompt_for(agenda: Agenda, form: Form = Form.FULL) -> Prompt:
    """The prompt for an agenda; the same agenda gives the same prompt."""
    examples = [example.shown() for example in worked_examples()[: EXAMPLES_SHOWN[form]]]
    shown = [f"Example {number}, of another negotiation\n{example}" for number, example in enumerate(examples, 1)]
    parts = [rules(form), *shown, f"The agenda: {agenda.title}\n{agenda_text(agenda, form)}"]
    return Prompt(form, "\n\n".join(parts) + "\n")


@cache
def rules(form: Form) -> str:
    """The rules of a form, as the package ships them."""
    return (files("travaux.reading.language_model") / "prompts" / f"{form}.md").read_text("utf-8").strip()


@cache
def rules_digest(form: Form) -> str:
    """SHA-256 over everything of a prompt that is no agenda: the rules and the examples shown."""
    digest = hashlib.sha256(rules(form).encode())
    for example in worked_examples()[: EXAMPLES_SHOWN[form]]:
        digest.update(b"\0" + example.shown().encode())
    return digest.hexdigest()


@cache
def worked_examples() -> tuple[Example, ...]:
    """The examples of ``examples.jsonl``, which are passages of ``training/passages`` by their ids."""
    lines = (files("travaux.reading.language_model") / "examples.jsonl").read_text("utf-8").splitlines()
    found = []
    for line in lines:
        row = json.loads(line)
        parties = [f"- {party['id']}: {', '.join(party['names'])}" for party in row["parties"]]
        options = [f"- {option['id']}: {option['says']}" for option in row["options"]]
        listed = "\n".join(["Parties", *parties, "Options", *options])
        found.append(Example(row["id"], row["passage"], listed, tuple(row["statements"])))
    return tuple(found)


def agenda_text(agenda: Agenda, form: Form) -> str:
    """Parties with their names and people, issues with their options; the terse form leaves out how texts refer to them."""
    lines = ["Parties"]
    for party in agenda.parties:
        line = f"- {party.id}: {', '.join((party.name, *party.names))}"
        people = [_person(person) for person in party.people]
        lines.append(f"{line}. People: {'; '.join(people)}" if people else line)
    lines.append("Options")
    for issue in agenda.issues:
        if form is Form.FULL:
            lines.append(f"{issue.title}")
        for option in issue.options:
            words = f" (said as: {', '.join(option.words)})" if option.words and form is Form.FULL else ""
            lines.append(f"- {option.id}: {option.says}{words}")
    return "\n".join(lines)


def _person(person: Person) -> str:
    names = f" ({', '.join(person.names)})" if person.names else ""
    role = f", {person.role}" if person.role else ""
    held = f" {person.since or ''}–{person.until or ''}" if person.since or person.until else ""
    return f"{person.name}{names}{role}{held}"


def asked(report: Report, passage: Passage) -> str:
    """The message with one passage.

    The marks around it carry a number made from the passage itself, which the report's author cannot know while writing: no
    report can close them and speak on outside.
    """
    mark = hashlib.sha256(f"{report.id} {passage.number} {passage.text}".encode()).hexdigest()[:12]
    part = f"Part {passage.number} of {passage.of} of the report.\n" if passage.of > 1 else ""
    before = f"What stands before it, for understanding only:\n{passage.before}\n\n" if passage.before else ""
    return f"{part}{before}<report-{mark}>\n{passage.text}\n</report-{mark}>"
