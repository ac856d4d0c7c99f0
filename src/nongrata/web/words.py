"""What the pages say in words: hedged sentences, days, sureness. A person is never called anything but by a voice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from nongrata.model import Claim, DateInterval, Factuality, Incident, Interval, Origin, Realis
from nongrata.vocabulary.phrases import named, phrases

SURE = {
    "CT+": ("●", "told as certain"),
    "PR+": ("◕", "told as probable"),
    "PS+": ("◑", "told as possible, or alleged"),
    "CT-": ("✕", "denied"),
    "Uu": ("○", "told as open"),
}
"""By factuality a sign and what it means; the sign never stands without its words."""

CREDIBILITY = {
    1: "confirmed by independent origins",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "cannot be judged",
}
"""The Admiralty scale's grades of a piece of information."""

RELIABILITY = {
    "A": "reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "cannot be judged",
}
"""The Admiralty scale's grades of a source."""

DAY_FROM = {
    "given": "given with the text",
    "text": "as the text says",
    "feed": "as the feed says",
    "json-ld": "as the page says of itself",
    "opengraph": "as the page says of itself",
    "meta": "as the page says of itself",
    "time": "as the page says of itself",
    "address": "read from the address",
}
"""Where the day of publication was found, in words."""

_MANY = 3


def type_words(type: str) -> str:
    """A type's name as words."""
    return type.replace("_", " ")


def sentence_of(incident: Incident) -> str:
    """An incident in one sentence that says who says so: "Two independent origins say that Norway expelled ...".

    The happening itself is only ever told as somebody's telling.
    """
    asserting = [origin for origin in incident.origins if not origin.denies]
    denying = [origin for origin in incident.origins if origin.denies]
    happening = _happening(incident)
    if not asserting and denying:
        return f"{_voices(denying)} {_verb('deny', denying)} that {happening}; nobody in the ledger asserts it."
    if not asserting:
        words = f"It is told, without a voice that could be traced, that {happening}"
    elif incident.independent_origins > 1:
        words = f"{number_word(incident.independent_origins)} independent origins say that {happening}"
    else:
        words = f"{_voices(asserting)} {_verb('say', asserting)} that {happening}"
    if denying:
        words += f"; {_voices(denying)} {_verb('deny', denying)} it"
    return words + "."


def claim_sentence(claim: Claim) -> str:
    """A claim in one sentence: "Jan Peeters says that Belgium expelled 21 officials of Russia on 5 March 2024."."""
    origin = claim.chain.origin
    voice = origin.name if origin else "A voice that the text does not name"
    verb = "denies" if claim.denied else "says"
    actor = claim.actor or _listed(claim.actors)
    told = _told(claim.type, actor, claim.target, claim.count, claim.when, claim.factuality, claim.realis)
    return f"{voice} {verb} that {told}."


def days_in_words(when: DateInterval | None) -> str:
    """Such as "on 5 March 2024" or "in March 2024"; empty for an unknown time."""
    if when is None:
        return ""
    text = when.edtf
    if len(text) == 4:
        return f"in {text}"
    if len(text) == 7:
        return f"in {when.first:%B} {when.first.year}"
    if when.first == when.last:
        return f"on {day_in_words(when.first)}"
    if (when.first.year, when.first.month) == (when.last.year, when.last.month):
        return f"between {when.first.day} and {day_in_words(when.last)}"
    return f"between {day_in_words(when.first)} and {day_in_words(when.last)}"


def day_in_words(day: date) -> str:
    """5 March 2024."""
    return f"{day.day} {day:%B} {day.year}"


def number_in_words(count: Interval) -> str:
    """Such as "21", "at least 17", "between 24 and 99"."""
    if count.hi is None:
        return f"at least {count.lo:,}"
    return f"{count.lo:,}" if count.is_exact else f"between {count.lo:,} and {count.hi:,}"


def _happening(incident: Incident) -> str:
    actor = incident.actor or _listed(incident.actors)
    count, when = incident.best_count or incident.count, incident.best_when or incident.when
    factuality = Factuality.CERTAIN if incident.factuality is Factuality.DENIED else incident.factuality
    return _told(incident.type, actor, incident.target, count, when, factuality, incident.realis)


def _told(
    type: str,
    actor: str | None,
    target: str | None,
    count: Interval | None,
    when: DateInterval | None,
    factuality: Factuality,
    realis: Realis,
) -> str:
    phrase = phrases().get(type)
    who, whom = named(actor, "actor"), named(target, "target")
    if phrase is None:
        return f"there was {type_words(type)} by {who} against {whom}"
    if count is None:
        thing = phrase.uncounted.format(target=whom)
    elif count.hi == 1:
        thing = phrase.one.format(target=whom)
    else:
        thing = phrase.counted.format(target=whom, count=number_in_words(count))
    words = f"{who} {_verb_phrase(phrase.past, phrase.base, factuality, realis)} {thing}"
    return " ".join(part for part in (words, days_in_words(when)) if part)


def _verb_phrase(past: str, base: str, factuality: Factuality, realis: Realis) -> str:
    hedge = {Factuality.PROBABLE: "probably ", Factuality.UNKNOWN: "perhaps "}.get(factuality, "")
    if realis is Realis.PLANNED:
        return f"{hedge}means to {base}"
    if realis is Realis.HYPOTHETICAL:
        return f"might {base}"
    if factuality is Factuality.POSSIBLE:
        return f"may have {_participle(past)}"
    often = "time and again " if realis is Realis.HABITUAL else ""
    return f"{hedge}{often}{past}"


def _participle(past: str) -> str:
    return {"took": "taken"}.get(past, past)


def _listed(names: Sequence[str] | None) -> str | None:
    if not names:
        return None
    shown = [named(name, "actor") for name in names[:_MANY]]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _voices(origins: Sequence[Origin]) -> str:
    labels = list(dict.fromkeys(origin.label for origin in origins))
    shown = labels[:_MANY]
    if len(labels) > _MANY:
        return f"{', '.join(shown)} and {len(labels) - _MANY} more"
    return " and ".join((", ".join(shown[:-1]), shown[-1])) if len(shown) > 1 else shown[0]


def _verb(verb: str, origins: Sequence[Origin]) -> str:
    one = len({origin.label for origin in origins}) == 1
    return {"say": "says", "deny": "denies"}[verb] if one else verb


def number_word(n: int) -> str:
    """A number at the beginning of a sentence: "Two", "23"."""
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    return (words[n] if n < len(words) else str(n)).capitalize()
