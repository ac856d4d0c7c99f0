"""The document's own source line."""

from __future__ import annotations

import pytest

from nongrata.extraction.report_names import Names
from nongrata.extraction.sourcelines import source_line_voices
from nongrata.model import Block, BlockRole, Report, Span


@pytest.mark.parametrize(
    ("line", "names"),
    [
        (
            "Prime Minister Ada Lindqvist on Radio Norra, quoted by The Norra Times",
            ["Ada Lindqvist", "Radio Norra", "The Norra Times"],
        ),
        ("Ada Lindqvist in an interview with Slipstream", ["Ada Lindqvist", "Slipstream"]),
        ("Agence Corail, citing Ada Lindqvist", ["Ada Lindqvist", "Agence Corail"]),
        ("Ada Lindqvist on Telegram", ["Ada Lindqvist", "Telegram"]),
        ("Agence Corail", ["Agence Corail"]),
        ("Agence Corail with reference to the Ministry of Fisheries", ["Ministry of Fisheries", "Agence Corail"]),
    ],
)
def test_links_from_origin_outward(line: str, names: list[str]) -> None:
    report = Report("r", line, blocks=(Block(BlockRole.SOURCE_LINE, Span(0, len(line))),))
    found = [voice.name for voice in source_line_voices(report, Names(report))]
    assert [n.removeprefix("The ") for n in found] == [n.removeprefix("The ") for n in names]


def test_the_office_is_kept_as_the_role() -> None:
    line = "Prime Minister Ada Lindqvist on Radio Norra"
    report = Report("r", line, blocks=(Block(BlockRole.SOURCE_LINE, Span(0, len(line))),))
    assert source_line_voices(report, Names(report))[0].role == "Prime Minister"


def test_no_source_line_no_voices() -> None:
    report = Report("r", "Nothing here.", blocks=(Block(BlockRole.LEDE, Span(0, 13)),))
    assert source_line_voices(report, Names(report)) == ()
