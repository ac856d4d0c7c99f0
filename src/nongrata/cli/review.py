"""``nongrata review``: a reviewer's decisions on claims."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from nongrata.cli.console import ClaimFormat, console_on, output_to, say, write_jsonl
from nongrata.cli.settings import open_writer, settings_of
from nongrata.model.errors import LedgerError

if TYPE_CHECKING:
    from nongrata.ledger import Judgement, LedgerView

app = typer.Typer(
    help="Accept, reject, correct or join claims; every decision is kept and can be taken back.", no_args_is_help=True
)

Key = Annotated[str, typer.Argument(help="A claim's key, or how it begins.", metavar="CLAIM", show_default=False)]
Reason = Annotated[str, typer.Option(help="Why, in your words.", metavar="WORDS", show_default=False)]


@app.command()
def accept(context: typer.Context, claim: Key, reason: Reason = "") -> None:
    """Mark a claim as read rightly."""
    _judge(context, "accept", claim, reason)


@app.command()
def reject(context: typer.Context, claim: Key, reason: Reason = "") -> None:
    """Take a claim out of what counts: the text does not say it."""
    _judge(context, "reject", claim, reason)


@app.command()
def correct(
    context: typer.Context,
    claim: Key,
    field: Annotated[str, typer.Argument(help="A field of the claims format.", metavar="FIELD", show_default=False)],
    value: Annotated[
        str, typer.Argument(help='Its right value: plain words, or JSON ("[21, 21]", null).', show_default=False)
    ],
    reason: Reason = "",
) -> None:
    """Set one field of a claim right; what was read is kept beside it."""
    _judge(context, "correct", claim, reason, field=field, value=value_of(value))


@app.command()
def same(context: typer.Context, claim: Key, other: Key, reason: Reason = "") -> None:
    """Two claims tell the same happening."""
    _judge(context, "same", claim, reason, other=other)


@app.command("not-same")
def not_same(context: typer.Context, claim: Key, other: Key, reason: Reason = "") -> None:
    """Two claims tell different happenings."""
    _judge(context, "not_same", claim, reason, other=other)


@app.command()
def note(context: typer.Context, claim: Key, words: Annotated[str, typer.Argument(show_default=False)]) -> None:
    """Keep a note on a claim; it changes nothing else."""
    _judge(context, "note", claim, words)


@app.command()
def undo(
    context: typer.Context,
    judgement: Annotated[str, typer.Argument(help="Its id, or how it begins.", show_default=False)],
    reason: Reason = "",
) -> None:
    """Take a judgement back (it stays in the log); undoing that brings it into force again."""
    with open_writer(context, create=False) as ledger:
        found = [j.id for j in ledger.judgements(limit=100_000) if j.id.startswith(judgement)]
        if len(found) != 1:
            kind = "several judgements begin" if found else "no judgement begins"
            raise LedgerError(f"{kind} with {judgement}: list them with `nongrata review list`")
        _done(ledger.take_back(found[0], reason=reason))
        ledger.refresh()


@app.command("list")
def list_judgements(
    context: typer.Context,
    limit: Annotated[int, typer.Option(help="How many.", metavar="N", min=1)] = 50,
    format: Annotated[ClaimFormat, typer.Option(help="A view for people, or JSON lines.")] = ClaimFormat.TABLE,
) -> None:
    """List the newest judgements."""
    from nongrata.ledger import LedgerView

    with LedgerView.open(settings_of(context).ledger) as view, output_to(None) as stream:
        judgements = view.judgements(limit)
        if format is ClaimFormat.JSONL:
            write_jsonl(stream, map(_object, judgements))
            return
        console = console_on(stream)
        for judgement in judgements:
            console.print(_line(judgement))


def value_of(text: str) -> Any:  # noqa: ANN401  any JSON value
    """A field's value from the command line: JSON where it is JSON, else the words themselves."""
    import msgspec

    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError:
        return text


def _judge(context: typer.Context, verdict: str, prefix: str, reason: str, **more: Any) -> None:  # noqa: ANN401
    from nongrata.ledger import Verdict

    with open_writer(context, create=False) as ledger:
        if "other" in more:
            more["other"] = _key(ledger, more["other"])
        _done(ledger.judge(Verdict(verdict), _key(ledger, prefix), reason=reason, **more))
        ledger.refresh()


def _key(view: LedgerView, prefix: str) -> str:
    """The key of the claim that begins so, also of one that counts no more."""
    found = sorted({name for kind, name in view.ids_like(prefix) if kind == "claim"})
    if not found or prefix in found:
        return prefix
    if len(found) > 1:
        raise LedgerError(f"{prefix} may be any of {', '.join(found[:5])}: give more of the key")
    return found[0]


def _done(judgement: Judgement) -> None:
    say(f"kept as judgement {judgement.id[:8]}")


def _line(judgement: Judgement) -> str:
    what = f" {judgement.field} = {judgement.value}" if judgement.field else ""
    back = f" of {judgement.takes_back[:8]}" if judgement.takes_back else ""
    why = f": {judgement.reason}" if judgement.reason else ""
    seen = judgement.seen or {}
    claim = f"  {seen.get('type')} {seen.get('actor') or '?'} → {seen.get('target') or '?'}" if seen else ""
    verdict = judgement.verdict.replace("_", " ")
    return f"{judgement.id[:8]}  {judgement.at:%Y-%m-%d %H:%M}  {judgement.user}  {verdict}{what}{back}{claim}{why}"


def _object(judgement: Judgement) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(judgement) | {"at": judgement.at.isoformat()}
