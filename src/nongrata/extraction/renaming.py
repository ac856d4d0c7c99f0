"""States under borrowed names: the trained reader never sees which state it reads about.

Every state of a unit is renamed, in order of appearance, after a fixed list of stand-ins before the encoder reads it:
"Russian diplomats in Oslo" and "Peruvian diplomats in Seoul" are the same words to it. So no state can be a likelier
culprit than another, and the reader learns from how a sentence is built instead of from who is usually accused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nongrata.language.names import Mention


@dataclass(frozen=True, slots=True)
class StandIn:
    """The forms of one stand-in state."""

    name: str
    adjective: str
    people: str
    capital: str
    leader: str


STAND_INS = (
    StandIn("Norway", "Norwegian", "Norwegians", "Oslo", "Halvorsen"),
    StandIn("Brazil", "Brazilian", "Brazilians", "Brasilia", "Cardoso"),
    StandIn("Kenya", "Kenyan", "Kenyans", "Nairobi", "Mutua"),
    StandIn("Canada", "Canadian", "Canadians", "Ottawa", "Tremblay"),
    StandIn("Poland", "Polish", "Poles", "Warsaw", "Nowak"),
    StandIn("India", "Indian", "Indians", "Delhi", "Sharma"),
    StandIn("Chile", "Chilean", "Chileans", "Santiago", "Fuentes"),
    StandIn("Egypt", "Egyptian", "Egyptians", "Cairo", "Hassan"),
    StandIn("Japan", "Japanese", "Japanese", "Tokyo", "Tanaka"),
    StandIn("Ghana", "Ghanaian", "Ghanaians", "Accra", "Mensah"),
    StandIn("Greece", "Greek", "Greeks", "Athens", "Pappas"),
    StandIn("Mexico", "Mexican", "Mexicans", "Mexico City", "Ramirez"),
    StandIn("Italy", "Italian", "Italians", "Rome", "Bianchi"),
    StandIn("Sweden", "Swedish", "Swedes", "Stockholm", "Lindgren"),
    StandIn("Peru", "Peruvian", "Peruvians", "Lima", "Quispe"),
    StandIn("Austria", "Austrian", "Austrians", "Vienna", "Gruber"),
)

RENAMED = frozenset({"state", "demonym", "people", "capital", "government", "leader"})


@dataclass(frozen=True, slots=True)
class Renamed:
    """A text with its states renamed.

    ``cuts`` lists ``(begin, end, original begin, original end)`` of each renaming.
    """

    text: str
    cuts: tuple[tuple[int, int, int, int], ...]

    def original(self, offsets: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Character offsets of the renamed text, in order, as offsets of the original text.

        Whatever lies in a renamed stretch maps to the whole original stretch.
        """
        found: list[tuple[int, int]] = []
        cuts = iter((*self.cuts, (len(self.text) + 1, len(self.text) + 1, 0, 0)))
        new_begin, new_end, old_begin, old_end = next(cuts)
        shift = 0
        for begin, end in offsets:
            while new_end <= begin:
                shift = old_end - new_end
                new_begin, new_end, old_begin, old_end = next(cuts)
            found.append((old_begin, old_end) if end > new_begin else (begin + shift, end + shift))
        return found


def rename(text: str, mentions: Sequence[Mention], order: Sequence[int] | None = None) -> Renamed:
    """Rename the states of ``text``; ``mentions`` are its mentions in order, not overlapping.

    ``order`` says which stand-in the first, second, ... state of the text takes (training shuffles it; reading does
    not). An article before a state's name goes with it, since stand-ins take none. States beyond the list share its
    last ones.
    """
    order = order or range(len(STAND_INS))
    slot: dict[str, StandIn] = {}
    out: list[str] = []
    cuts: list[tuple[int, int, int, int]] = []
    at = length = 0
    for mention in mentions:
        if mention.kind not in RENAMED:
            continue
        begin, end = mention.span.begin, mention.span.end
        if mention.kind == "state" and text[max(at, begin - 4) : begin].casefold() == "the ":
            begin -= 4
        if begin < at:
            continue
        stand_in = slot.setdefault(mention.code, STAND_INS[order[len(slot) % len(STAND_INS)]])
        form = _form(stand_in, mention)
        out.append(text[at:begin])
        length += begin - at
        out.append(form)
        cuts.append((length, length + len(form), begin, end))
        length += len(form)
        at = end
    out.append(text[at:])
    return Renamed("".join(out), tuple(cuts))


def _form(stand_in: StandIn, mention: Mention) -> str:
    if mention.kind == "demonym":
        return stand_in.adjective
    if mention.kind == "people":
        return stand_in.people
    if mention.kind == "capital":
        return stand_in.capital
    if mention.kind == "leader":
        return stand_in.leader
    if mention.kind == "government":
        return f"{stand_in.adjective} government"
    return stand_in.name
