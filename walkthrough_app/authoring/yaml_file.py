"""Questionnaires written as YAML that reads like those of the app: in the schema's order, short things on one line."""

from collections.abc import Mapping
from typing import Any

import yaml

from walkthrough_app.questionnaires.validation import validator

SHORT = 110  # characters of what may stand on one line


class _Dumper(yaml.SafeDumper):
    """Writes what our own reader reads back: words that YAML takes for something else are quoted."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def represent(self, data: Any) -> None:
        node = self.represent_data(data)
        if isinstance(node, yaml.CollectionNode):
            node.flow_style = False
        self.serialize(node)
        self.represented_objects, self.object_keeper = {}, []

    def represent_mapping(self, tag: str, mapping: Any, flow_style: bool | None = None) -> yaml.MappingNode:  # noqa: FBT001 - PyYAML's signature
        node = super().represent_mapping(tag, mapping, flow_style)
        node.flow_style = _is_flat(mapping) and len(str(mapping)) <= SHORT
        return node

    def represent_sequence(self, tag: str, sequence: Any, flow_style: bool | None = None) -> yaml.SequenceNode:  # noqa: FBT001 - PyYAML's signature
        node = super().represent_sequence(tag, sequence, flow_style)
        node.flow_style = not any(isinstance(one, dict | list) for one in sequence) and len(str(sequence)) <= SHORT
        return node


def _is_flat(mapping: Mapping[str, Any]) -> bool:
    """Tell whether a mapping reads well on one line: nothing in it is longer than a clause or a test."""
    return all(not isinstance(one, list) or not any(isinstance(x, dict) for x in one) for one in mapping.values())


def write(data: Any) -> str:
    """Return YAML text that `read` of `plain.py` turns into equal data."""
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=SHORT, indent=2)


def write_document(document: Mapping[str, Any]) -> str:
    """Return a whole document, its parts in the order of the schema, with a line that says what it is."""
    schema: Mapping[str, Any] = validator().schema  # type: ignore[assignment]
    order = list(schema["properties"])
    known = [name for name in order if name in document]
    ordered = {name: document[name] for name in [*known, *(name for name in document if name not in order)]}
    head = f"# {document.get('title', '')} · 走流程问卷\n"
    text = "".join(write({name: value}) for name, value in ordered.items())
    return head.replace("\n", " ").strip() + "\n" + text if ordered else head
