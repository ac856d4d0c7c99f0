"""Subtypes: what kind of expulsion, attack or measure, in the field's words."""

from __future__ import annotations

from nongrata.vocabulary.events import event_types


def subtype(kind: str, sentence: str, trigger: str) -> str | None:
    """The subtype that the trigger's words show, else the sentence's; None when neither shows one."""
    event = event_types().get(kind)
    return (event.subtype_of(trigger) or event.subtype_of(sentence)) if event else None
