"""Making claims obey judgements: which of them count, and the corrected claims that stand for others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product

import sqlalchemy as sa

from nongrata.ledger import schema
from nongrata.ledger.chains import chain_pks
from nongrata.ledger.judgements import (
    Judgement,
    Verdict,
    content_of,
    corrected,
    in_force,
    judgement_of,
    refers_to,
    subject_of,
)
from nongrata.ledger.keys import chunks, next_pk
from nongrata.ledger.readings import is_hand
from nongrata.ledger.rows import claim_of, claim_row, links_of, party_rows
from nongrata.ledger.search import index_claims
from nongrata.ledger.selects import claim_select
from nongrata.model import Claim, LedgerError
from nongrata.resolution.judgements import Judgement as Pair


def judgements_on(connection: sa.Connection, content: str) -> list[Judgement]:
    """Every judgement whose subject is a claim of the text with this SHA-256, oldest first."""
    j = schema.judgements
    query = sa.select(j).where(j.c.subject >= content, j.c.subject < content + ";").order_by(j.c.pk)
    return [judgement_of(row) for row in connection.execute(query).mappings()]


def judged_contents(connection: sa.Connection, contents: Iterable[str]) -> set[str]:
    """Which of these texts have a judgement on one of their claims."""
    if connection.scalar(sa.select(schema.judgements.c.pk).limit(1)) is None:
        return set()
    return {content for content in set(contents) if judgements_on(connection, content)}


def apply(connection: sa.Connection, content: str) -> None:
    """Set ``live`` and ``reviewed`` of the claims of a text, add corrected claims, as the judgements in force say."""
    judgements = in_force(judgements_on(connection, content))
    rows = _rows_of(connection, content)
    kept = {row["pk"]: claim_of(row) for row in rows if row["corrects"] is None}
    by_subject: dict[str, list[int]] = {}
    for pk, claim in kept.items():
        by_subject.setdefault(subject_of(content, claim), []).append(pk)
    live = dict.fromkeys(kept, True)
    reviewed = {pk: is_hand(kept[pk].reader) for pk in kept}
    wanted: dict[int, Claim] = {}
    for judgement in judgements:
        pks = by_subject.get(judgement.subject, [])
        meant = refers_to(judgement, [kept[pk] for pk in pks])
        for pk in (pk for pk in pks if kept[pk] in meant):
            if judgement.verdict in (Verdict.ACCEPT, Verdict.REJECT):
                live[pk], reviewed[pk] = judgement.verdict is Verdict.ACCEPT, True
            elif judgement.verdict is Verdict.CORRECT:
                wanted[pk] = _corrected(wanted.get(pk, kept[pk]), judgement)
                reviewed[pk] = True
    standing = _stand_ins(connection, rows, kept, {pk: claim for pk, claim in wanted.items() if live[pk]})
    _set_state(connection, rows, live, reviewed, standing)


def pairs_in_force(connection: sa.Connection) -> list[Pair]:
    """The "same" and "not same" judgements on claims that count, as pairs of claim keys; the newest on a pair wins."""
    j = schema.judgements
    query = sa.select(j).where(j.c.verdict.in_((Verdict.SAME, Verdict.NOT_SAME, Verdict.TAKE_BACK))).order_by(j.c.pk)
    judgements = [judgement_of(row) for row in connection.execute(query).mappings()]
    keys: dict[str, list[str]] = {}
    found: dict[tuple[str, str], Pair] = {}
    for judgement in in_force(judgements):
        if judgement.other is None:
            continue
        for subject in (judgement.subject, judgement.other):
            if subject not in keys:
                keys[subject] = _live_keys(connection, subject)
        for first, second in product(keys[judgement.subject], keys[judgement.other]):
            if first != second:
                pair = Pair(first, second, judgement.verdict is Verdict.SAME)
                found[pair.pair] = pair
    return [found[pair] for pair in sorted(found)]


def named_claim(connection: sa.Connection, key: str) -> tuple[str, Claim]:
    """Name by content and fields of the claim with this key; a corrected claim is named as the one it stands for.

    Raises:
        LedgerError: no claim of a reading that counts has the key.
    """
    c, r, g = schema.claims, schema.reports, schema.readings
    query = claim_select().add_columns(r.c.sha256).join(g, g.c.pk == c.c.reading_pk).where(c.c.key == key, g.c.live)
    row = connection.execute(query.order_by(c.c.live.desc(), c.c.pk)).mappings().first()
    if row is None:
        raise LedgerError(f"there is no claim {key}: see the keys with `nongrata show` of an incident or report")
    if row["corrects"] is not None:
        query = claim_select().where(c.c.pk == row["corrects"])
        original = connection.execute(query).mappings().one()
        return subject_of(row["sha256"], claim_of(original)), claim_of(original)
    return subject_of(row["sha256"], claim_of(row)), claim_of(row)


def _corrected(claim: Claim, judgement: Judgement) -> Claim:
    """The corrected claim; a correction that a newer reading made impossible is passed over."""
    try:
        return corrected(claim, judgement.field or "", judgement.value)
    except LedgerError:
        return claim


def _rows_of(connection: sa.Connection, content: str) -> Sequence[sa.RowMapping]:
    """The claims of the live readings of a text, corrected ones included."""
    c, r, g = schema.claims, schema.reports, schema.readings
    query = claim_select().join(g, g.c.pk == c.c.reading_pk).where(r.c.sha256 == content, g.c.live)
    return connection.execute(query.order_by(c.c.pk)).mappings().all()


def _live_keys(connection: sa.Connection, subject: str) -> list[str]:
    """Keys of the live claims that a subject names: through the claim that a correction stands for, too."""
    content = content_of(subject)
    rows = _rows_of(connection, content)
    named = {row["pk"] for row in rows if row["corrects"] is None and subject_of(content, claim_of(row)) == subject}
    return sorted(row["key"] for row in rows if row["live"] and (row["pk"] in named or row["corrects"] in named))


def _stand_ins(
    connection: sa.Connection, rows: Sequence[sa.RowMapping], kept: dict[int, Claim], wanted: dict[int, Claim]
) -> set[int]:
    """The rows that hold the wanted corrected claims; those that are missing are added."""
    standing: set[int] = set()
    for pk, claim in wanted.items():
        if claim == kept[pk]:
            continue
        there = [row["pk"] for row in rows if row["corrects"] == pk and claim_of(row) == claim]
        standing.add(there[0] if there else _insert_stand_in(connection, pk, claim))
    return standing


def _insert_stand_in(connection: sa.Connection, pk: int, claim: Claim) -> int:
    c = schema.claims
    original = connection.execute(sa.select(c).where(c.c.pk == pk)).mappings().one()
    new = next_pk(connection, c)
    row = claim_row(claim, claim.key) | {name: original[name] for name in ("report_pk", "reading_pk", "position")}
    row |= {"pk": new, "corrects": pk, "live": True, "reviewed": True}
    links = links_of(claim.chain)
    row["chain_pk"] = chain_pks(connection, [links])[links]
    connection.execute(c.insert(), row)
    parties = party_rows(claim, new)
    if parties:
        connection.execute(schema.claim_parties.insert(), parties)
    index_claims(connection, new)
    return new


def _set_state(
    connection: sa.Connection,
    rows: Sequence[sa.RowMapping],
    live: dict[int, bool],
    reviewed: dict[int, bool],
    standing: set[int],
) -> None:
    c = schema.claims
    replaced = _originals(connection, standing)
    states: dict[tuple[bool, bool], list[int]] = {}
    for row in rows:
        pk = row["pk"]
        is_original = row["corrects"] is None
        state = (live[pk] and pk not in replaced, reviewed[pk]) if is_original else (pk in standing, True)
        if state != (row["live"], row["reviewed"]):
            states.setdefault(state, []).append(pk)
    for (is_live, is_reviewed), pks in states.items():
        for some in chunks(pks):
            connection.execute(c.update().where(c.c.pk.in_(some)).values(live=is_live, reviewed=is_reviewed))


def _originals(connection: sa.Connection, standing: set[int]) -> set[int]:
    """The rows that the corrected claims stand for."""
    c = schema.claims
    found: set[int] = set()
    for some in chunks(standing):
        found.update(connection.scalars(sa.select(c.c.corrects).where(c.c.pk.in_(some))))
    return found
