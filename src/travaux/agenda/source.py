"""YAML text to plain data in which every value knows its line.

Plain scalars stay the text they are printed as: ``no`` is a name and no truth value, ``2025-08-18`` a text. Only empty
values and ``null`` become None. The text may come from a stranger: its size, depth, and the number of values it unfolds
to are bounded, tags are refused, and a key given twice is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias, cast

import yaml

MAXIMUM_BYTES = 1_000_000
"""Some eighty times the example's agenda; PyYAML takes about two seconds for a file of this size."""

MAXIMUM_DEPTH = 20
"""An agenda is seven levels deep."""

MAXIMUM_VALUES = 100_000
"""Values after aliases are unfolded, so that ten lines of aliases cannot unfold to a billion values."""

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain] | None"
Loc: TypeAlias = tuple[str | int, ...]

_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "null", "bool", "int", "float", "timestamp", "value", "merge", "seq", "map")
)


@dataclass(frozen=True, slots=True)
class SourceFault:
    """Why a text could not be read as YAML: what is wrong, at which line (from 1), and what to do."""

    message: str
    line: int | None
    remedy: str = ""


class SourceError(Exception):
    """The text could not be read; carries the faults, at least one."""

    def __init__(self, *faults: SourceFault):
        self.faults = faults
        super().__init__(faults[0].message)


@dataclass(frozen=True, slots=True)
class Source:
    """Plain data with the line of each value.

    Attributes:
        data: what the text holds; None for an empty one.
        lines: line from 1 of the value at each path of keys and places; for a value under a key, the line of the key.
        faults: keys given twice and the like, which leave the rest readable.
    """

    data: Plain
    lines: dict[Loc, int]
    faults: tuple[SourceFault, ...]

    def line(self, loc: Loc) -> int | None:
        """The line of that path, or of the nearest value around it that the text has; None for an empty text."""
        for length in range(len(loc), -1, -1):
            if loc[:length] in self.lines:
                return self.lines[loc[:length]]
        return None


def read_source(path: Path) -> str:
    """The text of a YAML file, without its byte order mark.

    Raises:
        SourceError: no file, no permission, more than `MAXIMUM_BYTES`, or not UTF-8.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAXIMUM_BYTES + 1)
    except FileNotFoundError:
        raise SourceError(
            SourceFault("there is no such file", None, "put it back, or `travaux agenda suggest --write` drafts one")
        ) from None
    except IsADirectoryError:
        raise SourceError(SourceFault("this is a folder, not a file", None, "name the agenda.yaml inside it")) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SourceError(SourceFault(f"cannot be opened: {reason}", None, "check the path and permissions")) from None
    if len(content) > MAXIMUM_BYTES:
        raise SourceError(_too_large())
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        fault = SourceFault("the file is not UTF-8", line, "save it as UTF-8 in your editor")
        raise SourceError(fault) from None


def parse_source(text: str) -> Source:
    """Plain data of a YAML text, with lines.

    Raises:
        SourceError: broken YAML, or a text beyond the bounds of this module.
    """
    if len(text.encode("utf-8", "surrogatepass")) > MAXIMUM_BYTES:
        raise SourceError(_too_large())
    try:
        loader = _BoundedLoader(text)
        node = loader.get_single_node()
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        fault = SourceFault(f"the character U+{error.character:04X} may not stand in YAML", line, "remove it")
        raise SourceError(fault) from None
    except yaml.MarkedYAMLError as error:
        raise SourceError(_syntax_fault(error)) from None
    unfolding = _Unfolding()
    data = None if node is None else unfolding.value(node, (), None)
    return Source(data, unfolding.lines, tuple(unfolding.faults))


class _BoundedLoader(yaml.SafeLoader):
    """Composes nodes down to `MAXIMUM_DEPTH` and no further; it never constructs objects."""

    def __init__(self, text: str):
        self.depth = 0
        super().__init__(text)

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.depth >= MAXIMUM_DEPTH:
            mark: yaml.Mark = cast(Any, self).peek_event().start_mark
            raise SourceError(_too_deep(mark.line + 1))
        self.depth += 1
        try:
            return super().compose_node(parent, index)
        finally:
            self.depth -= 1


class _Unfolding:
    """Turns nodes into plain data and keeps count, lines and faults on the way."""

    def __init__(self) -> None:
        self.lines: dict[Loc, int] = {}
        self.faults: list[SourceFault] = []
        self.values = 0

    def value(self, node: yaml.Node, loc: Loc, key_line: int | None) -> Plain:
        line = node.start_mark.line + 1
        self.lines[loc] = line if key_line is None else key_line
        self.values += 1
        if self.values > MAXIMUM_VALUES:
            raise SourceError(SourceFault(f"holds more than {MAXIMUM_VALUES} values", line, "write it without aliases"))
        if len(loc) > MAXIMUM_DEPTH:  # an alias to what contains it unfolds without end
            raise SourceError(_too_deep(line))
        if node.tag not in _TAGS:
            self.faults.append(SourceFault(f"the tag {node.tag} has no place here", line, "remove it"))
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*loc, place), None) for place, item in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return dict(self._entries(node, loc))
        return None if node.tag == "tag:yaml.org,2002:null" else str(node.value)

    def _entries(self, node: yaml.MappingNode, loc: Loc) -> Iterator[tuple[str, Plain]]:
        first_lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self.faults.append(
                    SourceFault("a list or a mapping cannot be a key", line, "put quotes around the key")
                )
                continue
            key = str(key_node.value)
            if key in first_lines:
                told = f"the key `{key}` stands twice, first in line {first_lines[key]}"
                self.faults.append(SourceFault(told, line, "keep one of them"))
                continue
            first_lines[key] = line
            yield key, self.value(value_node, (*loc, key), line)


def _too_large() -> SourceFault:
    return SourceFault(
        f"the file is larger than {MAXIMUM_BYTES:,} bytes", None, "this is hardly an agenda; check the path"
    )


def _too_deep(line: int) -> SourceFault:
    return SourceFault(f"values are nested more than {MAXIMUM_DEPTH} deep", line, "check brackets and aliases")


_REMEDIES = (
    (
        r"mapping values are not allowed",
        "a colon inside a text needs quotes around the text, or the indentation is off",
    ),
    (r"found character '\\t'", "replace the tab by spaces"),
    (r"found character '[@`%]'", "put quotes around a text that begins with this character"),
    (r"could not find expected ':'", "write `key: value`, and indent what belongs under a key"),
    (r"expected ',' or '[]}]'", "close the bracket, or put quotes around texts with commas or brackets in them"),
    (r"unexpected end of stream", "close the quotes that were opened here"),
    (r"expected <block end>", "give entries of one list or mapping the same indentation"),
    (r"but found another document", "remove the line `---` that begins a second document"),
    (r"undefined alias", "put quotes around a text that begins with *"),
)


def _syntax_fault(error: yaml.MarkedYAMLError) -> SourceFault:
    # An unclosed quote or bracket is noticed at the end of the file; the place where it was opened helps more.
    told = " ".join(part for part in (error.context, error.problem) if part)
    mark = error.problem_mark or error.context_mark
    if error.context_mark is not None and "end of stream" in (error.problem or ""):
        mark = error.context_mark
    problem = (error.problem or error.context or "cannot be read").replace("\n", " ")
    remedy = next((remedy for pattern, remedy in _REMEDIES if re.search(pattern, told)), "check indentation and quotes")
    return SourceFault(f"broken YAML: {problem}", None if mark is None else mark.line + 1, remedy)
