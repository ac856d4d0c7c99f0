"""Full-text search over the sentences of claims and the headlines of their reports.

SQLite: a contentless FTS5 table whose rowid is the claim's ``pk``; PostgreSQL: ``tsvector`` with a GIN index.
Both index words as they are (lower case, no stemming), so that a name is found as written; SQLite also folds
accents.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import sqlalchemy as sa

from nongrata.model import LedgerError

_PART = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')
_WORD = re.compile(r"\w+")

_INDEX = {
    "sqlite": """
        INSERT INTO claim_search (rowid, sentence, headline)
        SELECT c.pk, c.sentence, coalesce(r.headline, '') FROM claims c JOIN reports r ON r.pk = c.report_pk
        WHERE c.pk >= :first
    """,
    "postgresql": """
        INSERT INTO claim_search (claim_pk, document)
        SELECT c.pk, to_tsvector('simple', c.sentence || ' ' || coalesce(r.headline, ''))
        FROM claims c JOIN reports r ON r.pk = c.report_pk WHERE c.pk >= :first
    """,
}
_MATCH = {
    "sqlite": "SELECT rowid AS pk FROM claim_search WHERE claim_search MATCH :wanted",
    "postgresql": "SELECT claim_pk AS pk FROM claim_search WHERE document @@ to_tsquery('simple', :wanted)",
}


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand next to each other; ``unwanted``: must not occur; ``open``: the last word may go on."""

    words: tuple[str, ...]
    unwanted: bool = False
    open: bool = False


def index_claims(connection: sa.Connection, first: int) -> None:
    """Index the claims from primary key ``first`` on."""
    connection.execute(sa.text(_INDEX[connection.dialect.name]), {"first": first})


def parse(text: str) -> list[Term]:
    """The terms of a search: ``words``, ``"a phrase"``, ``-without``, ``begin*``; all of them must hold.

    Raises:
        LedgerError: there is no word to look for.
    """
    terms = []
    for part in _PART.finditer(text):
        source = part["phrase"] if part["phrase"] is not None else part["word"]
        words = tuple(_WORD.findall(source.casefold()))
        if words:
            is_open = part["phrase"] is None and source.endswith("*")
            terms.append(Term(words, unwanted=bool(part["minus"]), open=is_open))
    if all(term.unwanted for term in terms):
        raise LedgerError("the search has no word to look for: give at least one without a minus")
    return terms


def matching(text: str, dialect: str) -> sa.TextClause:
    """A select of the primary keys of the claims whose words match."""
    terms = parse(text)
    wanted = _for_fts5(terms) if dialect == "sqlite" else _for_tsquery(terms)
    return sa.text(_MATCH[dialect]).bindparams(wanted=wanted)


def _for_fts5(terms: list[Term]) -> str:
    def one(term: Term) -> str:
        return f'"{" ".join(term.words)}"' + ("*" if term.open else "")

    wanted = " AND ".join(one(term) for term in terms if not term.unwanted)
    return f"({wanted})" + "".join(f" NOT {one(term)}" for term in terms if term.unwanted)


def _for_tsquery(terms: list[Term]) -> str:
    def one(term: Term) -> str:
        phrase = " <-> ".join(f"'{word}'" for word in term.words) + (":*" if term.open else "")
        return f"!({phrase})" if term.unwanted else f"({phrase})"

    return " & ".join(one(term) for term in terms)
