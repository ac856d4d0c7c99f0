"""What kind of thing a party's or voice's name names, as far as the vocabulary tells."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from nongrata.vocabulary.bodies import bodies
from nongrata.vocabulary.leaders import leaders
from nongrata.vocabulary.states import states
from nongrata.vocabulary.tables import rows, values


class PartyKind(StrEnum):
    """What a name names. ``UNKNOWN``: no table knows it; it may be a person."""

    STATE = "state"
    BODY = "body"
    AGENCY = "agency"
    GROUP = "group"
    OUTLET = "outlet"
    PERSON = "person"
    UNKNOWN = "unknown"


def kind_of(name: str) -> PartyKind:
    """The kind of a party or voice; what only differs in case is the same name."""
    if name in states():
        return PartyKind.STATE
    return _kinds().get(name.casefold(), PartyKind.UNKNOWN)


def is_known(name: str) -> bool:
    """True for a state, body, agency, group or outlet of the vocabulary."""
    return kind_of(name) not in (PartyKind.PERSON, PartyKind.UNKNOWN)


def state_name(code: str) -> str:
    """The English name of a state; other names as they are."""
    state = states().get(code)
    return state.name if state else code


@cache
def _kinds() -> Mapping[str, PartyKind]:
    kinds: dict[str, PartyKind] = {leader.name.casefold(): PartyKind.PERSON for leader in leaders()}
    for row in rows("outlets.tsv"):
        for form in (row["name"], *values(row["aliases"])):
            kinds.setdefault(form.casefold(), PartyKind.OUTLET)
    for body in bodies().values():
        for form in (body.name, *body.aliases):
            kinds[form.casefold()] = PartyKind(body.kind)
    return kinds
