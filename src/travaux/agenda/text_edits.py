"""Small edits of a YAML text that leave all else in it as it stands: comments, order, quotes, indentation.

Values are found by the marks PyYAML gives its nodes, and an edit is a list of stretches to replace. What is not written
the way these edits expect (an entry begun on the line after its dash, say) is refused, never guessed at; aliases are the
caller's to notice, who reads the result.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn, TypeAlias

import yaml

from travaux.errors import RequestError

Change: TypeAlias = tuple[int, int, str]
"""Start and end of a stretch in code points, half open, and what replaces it."""

Entry: TypeAlias = dict[str, str | list[str]]

_AFTER: Mapping[str, tuple[str, ...]] = {
    "names": ("kind", "name"),
    "words": ("says", "id"),
    "was": ("words", "says", "id"),
}
"""Behind which key a new one is written: the first of these that is there."""


def document(text: str) -> EntryEdit:
    """The top mapping of a YAML text that is known to be a valid agenda."""
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    return EntryEdit(text, node) if isinstance(node, yaml.MappingNode) else _refuse()


def changed(text: str, changes: Iterable[Change]) -> str:
    """The text with the changes made; those at one place in the order given."""
    parts: list[str] = []
    reached = 0
    for start, end, new in sorted(changes, key=lambda change: change[0]):
        if start < reached:
            _refuse()
        parts += [text[reached:start], new]
        reached = end
    return "".join([*parts, text[reached:]])


@dataclass(frozen=True, slots=True)
class EntryEdit:
    """A mapping of the file, such as a party or an option."""

    text: str
    node: yaml.MappingNode

    def value(self, key: str) -> yaml.Node | None:
        """The value of a key, None where the mapping has no such key."""
        return next((value for name, value in self.node.value if name.value == key), None)

    def entries(self, key: str) -> EntryList:
        """The list under a key; one without entries where there is nothing."""
        value = self.value(key)
        return EntryList(self.text, value if isinstance(value, yaml.SequenceNode) else None)

    def under(self, key: str) -> EntryEdit:
        """The mapping under a key."""
        value = self.value(key)
        return EntryEdit(self.text, value) if isinstance(value, yaml.MappingNode) else _refuse()

    def put(self, key: str, value: str) -> Change:
        """Another text in place of the one under a key."""
        return _replaced(self.value(key) or _refuse(), value)

    def replace_words(self, key: str, old: str, new: str) -> Iterator[Change]:
        """A text of the list under a key replaced wherever it stands there."""
        items = self.value(key)
        for item in items.value if isinstance(items, yaml.SequenceNode) else ():
            if item.value == old:
                yield _replaced(item, new)

    def add_words(self, key: str, words: Sequence[str]) -> Change:
        """Texts at the end of the list under a key, which is made where it is missing."""
        value = self.value(key)
        if value is None:
            return self._new_key(key, words)
        if isinstance(value, yaml.ScalarNode):  # nothing, or `null`: the schema lets no other text through here
            start, end = value.start_mark.index, value.end_mark.index
            space = "" if self.text[start - 1 : start].isspace() else " "
            return (start, end, space + _flow(list(words)))
        if not isinstance(value, yaml.SequenceNode):
            _refuse()
        items = value.value
        if value.flow_style:
            told = _flow(list(words))[1:-1]
            if items:
                end = items[-1].end_mark.index
                return (end, end, f", {told}")
            return (value.start_mark.index, value.end_mark.index, f"[{told}]")
        indent = " " * (_dash(self.text, items[0]) - _line_start(self.text, items[0].start_mark.index))
        lines = [f"{indent}- {_flow([word])[1:-1]}" for word in words]
        return _lines_after(self.text, _content_end(self.text, value), lines)

    def add_to_lists(self, more: Mapping[str, Sequence[str]]) -> Iterator[Change]:
        """`add_words` for several keys, in the order in which new ones are to stand."""
        return (self.add_words(key, words) for key, words in more.items())

    def _new_key(self, key: str, words: Sequence[str]) -> Change:
        behind = next((found for name in _AFTER[key] if (found := self.value(name)) is not None), None) or _refuse()
        end = _content_end(self.text, behind)
        if self.node.flow_style:
            return (end, end, f", {key}: {_flow(list(words))}")
        column = self.node.value[0][0].start_mark.column
        return _lines_after(self.text, end, [f"{' ' * column}{key}: {_flow(list(words))}"])


@dataclass(frozen=True, slots=True)
class EntryList:
    """A list of mappings; `node` is None where the file has none."""

    text: str
    node: yaml.SequenceNode | None

    def __iter__(self) -> Iterator[EntryEdit]:
        for item in self.node.value if self.node else ():
            yield EntryEdit(self.text, item) if isinstance(item, yaml.MappingNode) else _refuse()

    def having(self, key: str, wanted: str) -> EntryEdit:
        """The first entry with that value under a key."""
        found = (one for one in self if (value := one.value(key)) is not None and value.value == wanted)
        return next(found, None) or _refuse()

    def append(self, entry: Entry) -> Change:
        """A new entry behind the last, written as that is: on one line in braces, or a key a line."""
        items = self.node.value if self.node else []
        if not items or self.node is None:
            _refuse()
        end = _content_end(self.text, items[-1])
        if self.node.flow_style:
            return (end, end, f", {_flow(entry)}")
        dash = _dash(self.text, items[-1])
        indent = " " * (dash - _line_start(self.text, dash))
        gap = [""] if len(items) > 1 and _has_blank(self.text, _content_end(self.text, items[-2]), dash) else []
        if getattr(items[-1], "flow_style", False):
            return _lines_after(self.text, end, [*gap, f"{indent}- {_flow(entry)}"])
        inner = " " * (items[-1].start_mark.index - dash - 1)
        lines = [f"{key}: {_flow([value])[1:-1]}" for key, value in entry.items()]
        first = f"{indent}-{inner}{lines[0]}"
        return _lines_after(self.text, end, [*gap, first, *(f"{indent} {inner}{line}" for line in lines[1:])])

    def remove(self, entry: EntryEdit, told: str) -> Change:
        """An entry taken out. In its place stand a comment that says what became of it, and the comments it held."""
        items = self.node.value if self.node else []
        place = next((number for number, item in enumerate(items) if item is entry.node), None)
        if place is None or self.node is None:
            _refuse()
        start, end = entry.node.start_mark.index, _content_end(self.text, entry.node)
        if self.node.flow_style:
            if place + 1 < len(items):
                return (start, items[place + 1].start_mark.index, "")
            return (items[place - 1].end_mark.index if place else start, end, "")
        dash = _dash(self.text, entry.node)
        line = _line_start(self.text, dash)
        stop = _line_end(self.text, end)
        comments = [f"# {' '.join(told.split())}", *_comments(self.text, entry.node, line, stop)]
        indent = " " * (dash - line)
        return (line, stop, _newline(self.text).join(indent + comment for comment in comments))


def _refuse() -> NoReturn:
    raise RequestError("agenda.yaml is written in a way that this edit cannot be made in", remedy="make it by hand")


def _flow(value: Any) -> str:
    """A value on one line, quoted where it must be."""
    dumped = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=float("inf"), sort_keys=False)
    return str(dumped).strip()


def _replaced(node: yaml.Node, value: str) -> Change:
    return (node.start_mark.index, node.end_mark.index, _flow([value])[1:-1])


def _content_end(text: str, node: yaml.Node) -> int:
    """Where the last character of a value stands, and one; a block's own mark stands behind the comments that follow."""
    if isinstance(node, yaml.ScalarNode):
        end: int = node.end_mark.index
        return len(text[:end].rstrip()) if node.style in ("|", ">") else end
    if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _content_end(text, last[1] if isinstance(last, tuple) else last)


def _dash(text: str, item: yaml.Node) -> int:
    """The dash before an entry of a block list; refused where the line has anything else before it."""
    start: int = item.start_mark.index
    line = _line_start(text, start)
    dash = text.find("-", line, start)
    if dash < 0 or text[line:dash].strip(" ") or text[dash + 1 : start].strip(" "):
        _refuse()
    return dash


def _line_start(text: str, place: int) -> int:
    return text.rfind("\n", 0, place) + 1


def _line_end(text: str, place: int) -> int:
    """The end of the line, its line break left out."""
    end = text.find("\n", place)
    end = len(text) if end < 0 else end
    return end - 1 if text[end - 1 : end] == "\r" and end > place else end


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _lines_after(text: str, place: int, lines: Iterable[str]) -> Change:
    """Lines below the one that a place stands in."""
    end = _line_end(text, place)
    return (end, end, "".join(_newline(text) + line for line in lines))


def _has_blank(text: str, start: int, end: int) -> bool:
    return any(not line.strip() for line in text[start:end].splitlines()[1:-1])


def _comments(text: str, entry: yaml.Node, start: int, end: int) -> Iterator[str]:
    """The comments between two places, those inside of texts aside."""
    texts = list(_scalars(entry))
    place = start
    while (place := text.find("#", place, end)) >= 0:
        inside = any(first <= place < last for first, last in texts)
        if not inside and (place == start or text[place - 1].isspace()):
            stop = _line_end(text, place)
            yield text[place:stop].rstrip()
            place = stop
        else:
            place += 1


def _scalars(node: yaml.Node) -> Iterator[tuple[int, int]]:
    if isinstance(node, yaml.ScalarNode):
        yield (node.start_mark.index, node.end_mark.index)
        return
    for child in node.value:
        for part in child if isinstance(child, tuple) else (child,):
            yield from _scalars(part)
