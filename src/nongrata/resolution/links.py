"""Union-find that keeps the reason of every link."""

from __future__ import annotations

from collections.abc import Iterable


class Links:
    """Union-find over claim keys; every link keeps its reason."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._parent = {key: key for key in keys}
        self._reasons: list[tuple[str, str]] = []

    def find(self, key: str) -> str:
        """The representative of a key's group: its smallest key."""
        root = key
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[key] != root:
            self._parent[key], key = root, self._parent[key]
        return root

    def join(self, a: str, b: str, reason: str) -> None:
        """Put two keys in one group, for a reason; a link inside a group adds none."""
        left, right = sorted((self.find(a), self.find(b)))
        if left != right:
            self._parent[right] = left
            self._reasons.append((a, reason))

    def groups(self) -> list[tuple[list[str], tuple[str, ...]]]:
        """Each group's keys in order with the reasons that made it."""
        members: dict[str, list[str]] = {}
        for key in sorted(self._parent):
            members.setdefault(self.find(key), []).append(key)
        why: dict[str, dict[str, None]] = {}
        for key, reason in self._reasons:
            why.setdefault(self.find(key), {})[reason] = None
        return [(keys, tuple(why.get(root, {}))) for root, keys in members.items()]
