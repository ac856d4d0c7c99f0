"""What the trained reader puts out, by name: the one place where training and reading agree on the order of numbers."""

from __future__ import annotations

TYPES = (
    "expulsion",
    "espionage",
    "cyberattack",
    "disinformation",
    "sabotage",
    "assault",
    "threat",
    "legal_action",
    "sanction",
    "protest",
    "stand",
    "capability",
)
"""The event types that the reader was trained on, in the order of its logits."""

TOKEN_ROLES = ("actor", "target", "voice", "count", "time")
"""Per token: how much it speaks for a role in the marked trigger's claim."""

TOKEN_KINDS = ("other", "state", "body", "name", "quantity", "time")
"""What the tables and grammars know of a token; a feature of the reader."""

FACTUALITY = ("CT+", "PR+", "PS+", "CT-", "Uu")
REALIS = ("actual", "planned", "habitual", "hypothetical")

CLASSES = {
    "valid": 1,  # is this trigger a claim of this type at all?
    "factuality": len(FACTUALITY),
    "realis": len(REALIS),
    "background": 2,
    "scope": 2,
    "no_actor": 1,  # competes with the parties' scores
    "no_target": 1,
    "count": 3,  # no number, plural with no number, one; competes with the numbers in the text
    "time": 3,  # no time, the lede window, the publication day; competes with the times in the text
}
"""Classes by name with their widths, in the order of the class logits."""


def class_slice(name: str) -> slice:
    """Where a class stands among the class logits."""
    begin = 0
    for key, width in CLASSES.items():
        if key == name:
            return slice(begin, begin + width)
        begin += width
    raise KeyError(name)
