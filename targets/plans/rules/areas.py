"""In which focus area a node stands. Pure."""

from collections.abc import Mapping
from typing import NamedTuple


class NodeAt(NamedTuple):
    """A node's parent and its own focus area."""

    parent: int | None
    area: int | None


def areas_of(nodes: Mapping[int, NodeAt]) -> dict[int, int | None]:
    """Each node's own focus area, else that of the nearest node above that has one."""
    return {pk: _area(pk, nodes) for pk in nodes}


def _area(pk: int, nodes: Mapping[int, NodeAt]) -> int | None:
    seen: set[int] = set()
    at: int | None = pk
    while at is not None and at in nodes and at not in seen:
        seen.add(at)
        if nodes[at].area is not None:
            return nodes[at].area
        at = nodes[at].parent
    return None


def tops_of(nodes: Mapping[int, NodeAt]) -> set[int]:
    """The nodes that stand at the top of their area: those without a parent, and those whose
    parent stands in another."""
    areas = areas_of(nodes)
    return {
        pk
        for pk, node in nodes.items()
        if node.parent is None or node.parent not in nodes or areas[pk] != areas[node.parent]
    }
