"""The ledger at size: bulk load beside the bare driver, and the queries behind the pages, with their plans.

    python bench/ledger_scale.py [--claims 1000000] [--place FILE|postgresql://...] [--plans] [--runs 15]
    python bench/ledger_scale.py --postgres [...]       on a server that is started for it, as the tests do
    python bench/ledger_scale.py --place FILE --asked   only the queries, on a ledger that an earlier run filled

Claims come from the generator of ``resolution_scale.py``, with sentences and headlines of made-up words. The bare load
takes the very rows that the ledger wrote and inserts them, in batches of the same size with as many commits, by
``executemany`` (SQLite) or ``COPY`` (PostgreSQL) into the same tables with the same indexes. Incidents are grouped by
type, parties and month: what is measured is the ledger, not resolution.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import sqlalchemy as sa

sys.path.insert(0, str(Path(__file__).parent.parent))  # the server of the tests

from tests.postgres import server

from nongrata.ledger import ClaimFilter, IncidentFilter, Ledger, LedgerView, TallyBy, chains, schema, store
from nongrata.ledger import readings as readings_of
from nongrata.ledger.bulk import bulk_insert, converted
from nongrata.ledger.conclusions import store_incidents
from nongrata.ledger.pages import count_facets
from nongrata.ledger.search import index_claims
from nongrata.model import Claim, Incident, Origin, Report, Span, date_hull, hull_of
from resolution_scale import reports as made_up

BATCH = 2000
WORDS = [f"{a}{b}{c}" for a in "bdfglmnprst" for b in ("an", "el", "or", "us", "ik", "ov", "en") for c in "aeiost"]
Readings = list[tuple[Report, list[Claim]]]


def readings(claims: int, seed: int = 1) -> Iterator[tuple[Report, list[Claim]]]:
    """Reports with text and their claims."""
    rng = random.Random(seed)
    for found, _ in made_up(claims, seed):
        first = found[0]
        sentences = [" ".join(rng.choices(WORDS, k=22)) for _ in found]
        text = ". ".join([*sentences, first.report_id])
        report = Report(
            id=first.report_id,
            text=text,
            title=" ".join(rng.choices(WORDS, k=8)),
            publisher=first.publisher,
            published=first.published,
        )
        begin = 0
        told = []
        for claim, sentence in zip(found, sentences, strict=True):
            spans = {"trigger": Span(begin, begin + 6), "actor": Span(begin + 7, begin + 12)}
            told.append(replace(claim, sentence=sentence, trigger=sentence[:6], spans=spans, reader="bench 1"))
            begin += len(sentence) + 2
        yield report, told


def batches(items: Iterator[tuple[Report, list[Claim]]]) -> Iterator[Readings]:
    """The readings in batches of ``BATCH``."""
    while some := list(islice(items, BATCH)):
        yield some


@dataclass
class Load:
    """What a load came to: claims, seconds of the ledger, of the driver alone; the same of this process's processor."""

    claims: int = 0
    ledger: float = 0.0
    bare: float = 0.0
    ledger_cpu: float = 0.0
    bare_cpu: float = 0.0


def load(ledger: Ledger, bare: Ledger | None, claims: int) -> Load:
    """Load claims batch by batch, and the rows of each batch again by the driver alone into a second ledger."""
    run, result = ledger.start_run("bench"), Load()
    if bare:
        bare.start_run("bench")
    written: list[tuple[sa.Table, list[dict[str, Any]]]] = []

    def noted(connection: sa.Connection, table: sa.Table, rows: list[dict[str, Any]]) -> None:
        written.append((table, rows))
        bulk_insert(connection, table, rows)

    store.bulk_insert = chains.bulk_insert = readings_of.bulk_insert = noted  # type: ignore[assignment]
    for batch in batches(readings(claims)):
        written.clear()
        begun, busy = time.perf_counter(), time.process_time()
        result.claims += ledger.add(run, batch, "bench 1").claims
        result.ledger += time.perf_counter() - begun
        result.ledger_cpu += time.process_time() - busy
        if bare is None:
            continue
        parts = [(table, *converted(table, rows)) for table, rows in written if rows]
        first = min(row["pk"] for table, rows in written if table is schema.claims for row in rows)
        begun, busy = time.perf_counter(), time.process_time()
        with bare.writing() as connection:
            for table, names, values in parts:
                _insert(connection, table, names, values)
            index_claims(connection, first)
        result.bare += time.perf_counter() - begun
        result.bare_cpu += time.process_time() - busy
    return result


def _insert(connection: sa.Connection, table: sa.Table, names: list[str], values: list[tuple[Any, ...]]) -> None:
    driver: Any = connection.connection.driver_connection
    columns = ", ".join(f'"{name}"' for name in names)
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(names))
        driver.executemany(f"INSERT INTO {table.name} ({columns}) VALUES ({marks})", values)  # noqa: S608
        return
    with driver.cursor() as cursor, cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN") as copy:
        for row in values:
            copy.write_row(row)


def conclude(ledger: Ledger) -> int:
    """Group the claims into incidents; how many."""
    groups: dict[tuple[Any, ...], list[Claim]] = defaultdict(list)
    for claim in ledger.live_claims():
        month = (claim.when.first.year, claim.when.first.month) if claim.when else None
        groups[(claim.type, claim.actor, claim.target, month)].append(claim)
    found = [_incident(number, members) for number, members in enumerate(groups.values())]
    with ledger.writing() as connection:
        store_incidents(connection, found)
        count_facets(connection)
        s = schema.state
        claims = sa.select(s.c.value).where(s.c.name == "claims").scalar_subquery()
        connection.execute(s.update().where(s.c.name == "incidents").values(value=claims))
        connection.exec_driver_sql("ANALYZE")
    return len(found)


def _incident(number: int, members: list[Claim]) -> Incident:
    first = members[0]
    keys = tuple(dict.fromkeys(claim.key for claim in members))
    return Incident(
        id=f"inc-{number:08d}",
        type=first.type,
        actor=first.actor,
        actor_state=first.actor,
        target=first.target,
        target_state=first.target,
        count=hull_of(claim.count for claim in members if claim.count),
        when=date_hull(claim.when for claim in members if claim.when),
        origins=(Origin("bench", keys),),
        reports=tuple(sorted({claim.report_id for claim in members})),
        claims=keys,
        credibility=1 + number % 6,
    )


@dataclass
class Watch:
    """The statements that an engine runs."""

    statements: list[tuple[str, object]] = field(default_factory=list)


@contextmanager
def watched(view: LedgerView) -> Iterator[Watch]:
    """Collect the statements run meanwhile."""
    watch = Watch()

    def note(*said: object) -> None:
        watch.statements.append((str(said[2]), said[3]))

    sa.event.listen(view._engine, "before_cursor_execute", note)
    yield watch
    sa.event.remove(view._engine, "before_cursor_execute", note)


def queries(view: LedgerView) -> dict[str, Callable[[], object]]:
    """The twelve queries behind the pages and ``tally``."""
    claim = view.search(ClaimFilter(), limit=1).found[0]
    incident = view.incident_page(IncidentFilter(types=("expulsion",)), limit=1).found[0]
    middle = view.search(ClaimFilter(types=("cyberattack",)), limit=1000).after
    window = {"since": date(2022, 2, 1), "until": date(2022, 3, 31)}
    expulsions = IncidentFilter(types=("expulsion",))
    return {
        "overview: newest incidents": lambda: view.incident_page(IncidentFilter()),
        "overview: incidents, filtered": lambda: view.incident_page(
            IncidentFilter(types=("expulsion", "protest"), targets=("RU",), **window)
        ),
        "incident page": lambda: (view.incident(incident.id), view.claims(incident.claims[:50])),
        "report page": lambda: (view.reports([claim.report_id]), view.claims_of_report(claim.report_id)),
        "claims: a later page": lambda: view.search(ClaimFilter(types=("cyberattack",)), after=middle),
        "claims: who, whom, when": lambda: view.search(
            ClaimFilter(types=("espionage",), actors=("RU",), targets=("DE",), **window)
        ),
        "claims: publisher, factuality": lambda: view.search(
            ClaimFilter(publishers=("Outlet 7",), factuality=("PS+",))
        ),
        "claims: words": lambda: view.search(ClaimFilter(text="bana lora")),
        "claims: words and who": lambda: view.search(ClaimFilter(text='"bana lora"', actors=("RU",))),
        "claims: unreviewed, credibility 2": lambda: view.search(ClaimFilter(credibility=(2,), reviewed=False)),
        "facets of the ledger": lambda: view.facets(),
        "facets of a filter": lambda: view.facets(ClaimFilter(actors=("RU",), targets=("US",))),
        "tally by pair": lambda: view.tally(expulsions),
        "tally by month": lambda: view.tally(expulsions, TallyBy.MONTH),
        "id by its beginning": lambda: view.ids_like(incident.id[:9]),
    }


def plan_of(view: LedgerView, statement: str, values: object) -> list[str]:
    """A statement's plan, line by line."""
    with view.reading() as connection:
        if connection.dialect.name == "sqlite":
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            return [row[3] for row in rows]
        return [row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", values)]


def ask(view: LedgerView, runs: int, plans: bool) -> float:
    """Time every query; the slowest median in milliseconds."""
    slowest = 0.0
    for name, question in queries(view).items():
        with watched(view) as watch:
            question()
        spent, worked = [], []
        for _ in range(runs):
            begun, busy = time.perf_counter(), time.process_time()
            question()
            spent.append(1000 * (time.perf_counter() - begun))
            worked.append(1000 * (time.process_time() - busy))
        median = statistics.median(spent)
        slowest = max(slowest, median)
        processor = statistics.median(worked)
        print(f"  {name:36} {median:8.1f} ms   (max {max(spent):.1f}; processor of this process {processor:.1f})")
        if plans:
            for statement, values in watch.statements:
                if statement.startswith("SELECT"):
                    print("".join(f"      {line}\n" for line in plan_of(view, statement, values)), end="")
    return slowest


def fill(place: str, bare: str | None, claims: int) -> None:
    """Load claims into an empty place, beside the bare driver where a second place is given, and group them."""
    with Ledger.open(place) as ledger:
        if bare:
            with Ledger.open(bare) as second:
                done = load(ledger, second, claims)
        else:
            done = load(ledger, None, claims)
        count = done.claims
        print(f"bulk load       {count:,} claims in {done.ledger:.1f} s: {count / done.ledger:,.0f} claims/s")
        if bare:
            print(f"driver alone    {done.bare:.1f} s: {count / done.bare:,.0f} claims/s")
            print(f"the ledger reaches {done.bare / done.ledger:.0%}")
            if "://" not in place:  # a server's work is done in another process
                print(f"by processor time  {done.bare_cpu / done.ledger_cpu:.0%}")
        begun = time.perf_counter()
        print(f"incidents       {conclude(ledger):,} stored in {time.perf_counter() - begun:.1f} s", flush=True)


@contextmanager
def places(args: argparse.Namespace) -> Iterator[tuple[str, str | None]]:
    """Where the ledger goes and where the bare load; a server of our own or temporary files where none is named."""
    if args.postgres:
        with server(settings={"shared_buffers": "1GB", "max_wal_size": "8GB", "work_mem": "32MB"}) as url:
            engine = sa.create_engine(sa.make_url(url).set(drivername="postgresql+psycopg"), poolclass=sa.NullPool)
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                for name in ("bench", "bare"):
                    connection.exec_driver_sql(f"CREATE DATABASE {name}")
            found = [sa.make_url(url).set(database=name).render_as_string() for name in ("bench", "bare")]
            yield found[0], None if args.no_bare else found[1]
        return
    with tempfile.TemporaryDirectory() as folder:
        bare = args.bare or str(Path(folder) / "bare.db")
        yield args.place or str(Path(folder) / "ledger.db"), None if args.no_bare else bare


def main() -> None:
    """Run the bench."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--place", help="an empty place; default a temporary file")
    parser.add_argument("--bare", help="a second empty place for the bare load; default a temporary file")
    parser.add_argument("--no-bare", action="store_true", help="leave out the bare load")
    parser.add_argument("--postgres", action="store_true", help="start a PostgreSQL server and use that")
    parser.add_argument("--asked", action="store_true", help="only ask the queries, of a ledger that is there")
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--plans", action="store_true")
    args = parser.parse_args()
    with places(args) as (place, bare):
        if not args.asked:
            fill(place, bare, args.claims)
        with LedgerView.open(place) as view:
            print(f"queries, median of {args.runs}:")
            print(f"slowest median  {ask(view, args.runs, args.plans):.1f} ms")


if __name__ == "__main__":
    main()
