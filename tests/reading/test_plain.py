"""Plain text as scraped: roles of paragraphs, publisher and day."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nongrata.model import READABLE_ROLES, BlockRole, Report
from nongrata.reading import parse_text

SEED = Path(__file__).parents[3] / "shared" / "seed" / "european-pravda-2024-03-05.txt"

SCRAPED = """ date 2023-11-14 All Sections
Northland sends nine attachés home

Lakeside CourierTuesday, 14 November 2023, 07:40
Northland sends nine attachés home
The embassy in Harbourton. Photo by Ada Quill/Lumen Images via Getty Images

Northland has told nine attachés to leave, the premier said.

Source: Premier Ida Holm on Radio North, quoted by The Quay Post\xa0 \xa0

Details: Holm said the nine had worked for a foreign service for years.

"They were never diplomats," she said.

"We have waited long enough. Now they go."

Background: A court in Harbourton jailed a translator in May.

Earlier, a newspaper counted forty officers at the embassy.

Support the Courier or become our patron!

Subjects: NorthlandespionageHarbourton
"""


def roles(report: Report) -> list[tuple[str, str]]:
    return [(str(block.role), block.span.of(report.text)) for block in report.blocks]


def role_of(paragraph: str, *, opening: str = "The ministry ordered two envoys to leave the country on Monday.") -> str:
    """The role of a paragraph that stands after the lede."""
    closing = "The two had worked at the mission since the spring of last year, said the ministry."
    report = parse_text(f"{opening}\n\n{paragraph}\n\n{closing}")
    return next((str(block.role) for block in report.blocks if block.span.of(report.text) in paragraph), "none")


def test_scraped_article_gets_its_roles() -> None:
    report = parse_text(SCRAPED)
    assert roles(report) == [
        ("dateline", "date 2023-11-14 All Sections"),
        ("title", "Northland sends nine attachés home"),
        ("dateline", "Lakeside CourierTuesday, 14 November 2023, 07:40"),
        ("title", "Northland sends nine attachés home"),
        ("caption", "The embassy in Harbourton. Photo by Ada Quill/Lumen Images via Getty Images"),
        ("lede", "Northland has told nine attachés to leave, the premier said."),
        ("source_line", "Premier Ida Holm on Radio North, quoted by The Quay Post"),
        ("body", "Holm said the nine had worked for a foreign service for years."),
        ("body", '"They were never diplomats," she said.'),
        ("quote", '"We have waited long enough. Now they go."'),
        ("background", "A court in Harbourton jailed a translator in May."),
        ("background", "Earlier, a newspaper counted forty officers at the embassy."),
        ("plea", "Support the Courier or become our patron!"),
        ("tags", "NorthlandespionageHarbourton"),
    ]
    assert (report.publisher, report.published, report.published_from) == (
        "Lakeside Courier",
        date(2023, 11, 14),
        "text",
    )


def test_text_is_kept_and_the_id_is_its_hash() -> None:
    report = parse_text(SCRAPED)
    assert report.text == SCRAPED
    assert report.id == report.sha256[:12]


def test_line_ends_of_other_systems() -> None:
    expected = roles(parse_text(SCRAPED))
    assert roles(parse_text(SCRAPED.replace("\n", "\r\n"))) == expected
    assert roles(parse_text(SCRAPED.replace("\n", "\u2028"))) == expected


def test_labels_are_found_when_line_breaks_are_lost() -> None:
    flat = " ".join(SCRAPED.split("Northland has")[1].split())
    found = {str(block.role): block.span.of(flat) for block in parse_text(flat).blocks}
    assert found["source_line"] == "Premier Ida Holm on Radio North, quoted by The Quay Post"
    assert found["background"].startswith("A court in Harbourton")
    assert found["tags"] == "NorthlandespionageHarbourton"


@pytest.mark.parametrize(
    "summary",
    [
        "Two envoys are expelled.",
        "Hackers knock out the websites of the central bank. Source: unknown hands, says the bank",
        "COVID-19 rules are eased in the capital.",
        "F-16 jets are promised to the coast guard.",
        "Subscribe, or we leak it: that was the message left by the intruders.",
        "The envoy is recalled (Northern Wire)",
    ],
)
def test_one_short_summary_begins_as_lede(summary: str) -> None:
    assert parse_text(summary).blocks[0].role is BlockRole.LEDE
    assert parse_text(summary).blocks[0].span.begin == 0


def test_what_is_given_wins() -> None:
    report = parse_text(
        SCRAPED, id="x1", publisher="Mirror Site", published=date(2023, 11, 15), lang="en", topics=["spies"]
    )
    assert (report.id, report.publisher, report.published) == ("x1", "Mirror Site", date(2023, 11, 15))
    assert (report.published_from, report.lang, report.topics) == ("given", "en", ("spies",))


def test_host_stands_for_an_unknown_publisher() -> None:
    assert parse_text("Two envoys left.", url="https://www.quaypost.example/a/1").publisher == "quaypost.example"


@pytest.mark.parametrize(
    ("paragraph", "role"),
    [
        ("Why it matters: the two are the first since 2009.", "body"),
        ("Reminder: the mission was cut in half in June.", "background"),
        ("For reference: the mission opened in 1994.", "background"),
        ("As reported earlier, three couriers were held at the border.", "background"),
        ("Previously, the mission lost its consul.", "background"),
        ("Earlier on Monday the two were seen packing.", "body"),
        ("Read also: Who pays for the fires on the coast", "related"),
        ("Photo: Ada Quill/Lumen", "caption"),
        ("FILE PHOTO: The envoy's residence in Harbourton, in March", "caption"),
        ("The consul leaves the ministry. (AP Photo/Ada Quill)", "caption"),
        ("The consul at a party in 2019. Image: Lumen", "caption"),
        ("The agency Getty Images was broken into last week, the ministry said, and it blamed the same two.", "body"),
        ("Advertisement", "navigation"),
        ("4 min read", "navigation"),
        ("17 comments", "navigation"),
        ("We use cookies to make this site better for you.", "navigation"),
        ("© 2023 Lakeside Courier. All rights reserved.", "navigation"),
        ("Follow us on Telegram", "plea"),
        ("Sign up for our morning letter", "plea"),
        ("Share this article", "plea"),
        ("Tags: envoys, Northland, espionage", "tags"),
        ("Keywords: envoys; mission", "tags"),
        ("#Envoys #Northland", "tags"),
        ("By Ada Quill and Jan Orr in Harbourton", "dateline"),
        ("Updated 14 November 2023, 10:05", "dateline"),
        ('Quote: "We know their names."', "quote"),
        ("**Background:** The mission was opened in 1994.", "background"),
        ("“Go home and do not come back.”", "quote"),
        ("“Go home and do not come back,” she told the two.", "body"),
        ('"First they smiled. Then they took photographs', "quote"),
    ],
)
def test_role_of_a_paragraph(paragraph: str, role: str) -> None:
    assert role_of(paragraph) == role


def test_background_rules_until_the_next_label() -> None:
    text = (
        "The ministry sent two envoys home on Friday, it said.\n\nBackground: A consul left in May.\n\n"
        "In 2019 the mission lost four clerks.\n\nWhat's next: Talks begin in June."
    )
    assert [role for role, _ in roles(parse_text(text))] == ["lede", "background", "background", "body"]


def test_label_alone_on_its_line() -> None:
    text = (
        "Harbourton has closed the consulate, the ministry said.\n\nSource\n\nDeputy minister Jan Orr\n\n"
        "BACKGROUND\n\nThe consulate opened in 1994.\n\nDetails\n\nThe flag came down at noon."
    )
    assert [role for role, _ in roles(parse_text(text))] == ["lede", "source_line", "background", "body"]


def test_named_quote_keeps_its_speaker() -> None:
    text = 'Two envoys were sent home on Friday, the ministry said.\n\nQuote from Jan Orr: "It was time."'
    assert roles(parse_text(text))[1:] == [("source_line", "Jan Orr"), ("quote", '"It was time."')]


def test_related_tail_never_becomes_text_and_an_article_may_resume() -> None:
    sentence = (
        "The ministry said on Monday that the two had met their handler every week for three years in a car park."
    )
    links = "Related stories\n\nHackers flood the port\n\nThree held over arson at depot"
    text = f"{sentence}\n\n{links}\n\n{sentence}\n\n{sentence}"
    assert [role for role, _ in roles(parse_text(text))] == ["lede", "related", "related", "body", "body"]
    tail = text.rsplit("\n\n", 2)[0]
    assert [role for role, _ in roles(parse_text(tail))] == ["lede", "related", "related"]


def test_agency_dateline_is_no_part_of_the_lede() -> None:
    report = parse_text("HARBOURTON, March 4, 2022 (Northern Wire) - Two envoys left on Friday.")
    assert roles(report) == [
        ("dateline", "HARBOURTON, March 4, 2022 (Northern Wire) -"),
        ("lede", "Two envoys left on Friday."),
    ]
    assert report.published == date(2022, 3, 4)


@pytest.mark.parametrize(
    "dateline",
    [
        "HARBOURTON —",
        "Harbourton (NW) –",
        "HARBOURTON, Northland --",
        "PORT VALE, Nov. 22 (NW) -",
        "PORT VALE, 3 May. /NW/.",
    ],
)
def test_datelines(dateline: str) -> None:
    report = parse_text(f"{dateline} Two envoys left on Friday.")
    assert roles(report)[-1] == ("lede", "Two envoys left on Friday.")
    assert report.published is None


@pytest.mark.parametrize(
    "opening", ["NATO – The alliance", "F-16 jets", "Harbourton - A city", "COVID-19 rules", "U.S.-Led forces"]
)
def test_no_datelines(opening: str) -> None:
    assert roles(parse_text(f"{opening} were the talk of the town."))[0][0] == "lede"


@pytest.mark.parametrize(
    ("line", "publisher", "day"),
    [
        ("Harbour Gazette | 5 March 2022", "Harbour Gazette", date(2022, 3, 5)),
        ("The Quay Post - March 5, 2022 - 10:15 am", "The Quay Post", date(2022, 3, 5)),
        ("Quay NewsSaturday, 5 March 2022, 09:15", "Quay News", date(2022, 3, 5)),
        ("Published: 2022-03-05", None, date(2022, 3, 5)),
        ("Harbourton, 5 March 2022", None, date(2022, 3, 5)),
        ("By Ada Quill, 5 March 2022", None, date(2022, 3, 5)),
        ("Published 5 March 2022 · Updated 7 March 2022", None, date(2022, 3, 5)),
        ("05.03.2022 17:20", None, date(2022, 3, 5)),
        ("Ada Quill, 25/03/2022", None, date(2022, 3, 25)),
    ],
)
def test_mastheads(line: str, publisher: str | None, day: date) -> None:
    report = parse_text(
        f"Northland sends two envoys home\n{line}\n\nTwo envoys were sent home on Friday, the ministry said."
    )
    assert (report.publisher, report.published) == (publisher, day)
    assert [role for role, _ in roles(report)] == ["title", "dateline", "lede"]


def test_a_day_of_change_is_used_last_and_flagged() -> None:
    report = parse_text("Updated 7 March 2022\n\nTwo envoys were sent home on Friday, the ministry said.")
    assert (report.published, report.published_from) == (date(2022, 3, 7), "updated")
    assert report.flags == ("published-unknown-updated-known",)


@pytest.mark.parametrize(
    "text",
    [
        "On 5 March 2022 the ministry sent two envoys home.\n\nThey left on Friday, said the deputy minister.",
        "Two envoys left on Friday, said the ministry.\n\nHarbourton, 5 March 2022\n\nThey had come in May, it added.",
    ],
)
def test_days_in_the_story_are_not_the_publication(text: str) -> None:
    assert parse_text(text).published is None


def test_copyright_names_the_publisher() -> None:
    text = "Two envoys left on Friday, said the ministry.\n\n© 2022 Harbour Gazette. All rights reserved."
    assert parse_text(text).publisher == "Harbour Gazette"


def test_given_title_is_found_in_the_text() -> None:
    text = "Two envoys sent home Two envoys were sent home on Friday, the ministry said."
    assert roles(parse_text(text, title="Two Envoys Sent Home")) == [
        ("title", "Two envoys sent home"),
        ("lede", "Two envoys were sent home on Friday, the ministry said."),
    ]


def test_headline_printed_twice_and_glued_to_its_section() -> None:
    title = "Baker opens a shop on the square"
    story = "\n\nThere was cake for everyone on Sunday, and the mayor cut the ribbon."
    assert [text for _, text in roles(parse_text(title + title + story))][:2] == [title, title]
    assert roles(parse_text("Local" + title + story, title=title))[0] == ("title", title)


def test_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "Two envoys were sent home on Friday, the ministry of foreign\n"
        "affairs of Northland said, after a court had found that they\n"
        "had paid a clerk for maps of the harbour and of the two forts\nthat guard it.\n\n"
        "They left by train in the evening of the same day, together\n"
        "with a dog."
    )
    assert [role for role, _ in roles(parse_text(text))] == ["lede", "body"]


def test_bullets_and_pictograms_are_left_out() -> None:
    first = "\U0001f399 Two envoys were sent home on Friday, the ministry said."
    text = f"{first}\n \n\U0001f539 They left by train.\n• A dog went with them."
    assert [text for _, text in roles(parse_text(text))] == [
        "Two envoys were sent home on Friday, the ministry said.",
        "They left by train.",
        "A dog went with them.",
    ]


@given(st.text(max_size=400))
def test_any_text_gives_ordered_blocks(text: str) -> None:
    check_blocks(parse_text(text))


PIECES = st.sampled_from(
    [*SCRAPED.split("\n"), "Related stories", "Tags", "Source", "Updated 3 May 2021", "Oslo (AP) — It", "\r\n", ""]
)


@given(
    st.lists(PIECES, max_size=12),
    st.sampled_from(["\n", "\n\n", " "]),
    st.sampled_from([None, "Northland sends nine attachés home"]),
)
def test_shuffled_articles_give_ordered_blocks(pieces: list[str], joint: str, title: str | None) -> None:
    check_blocks(parse_text(joint.join(pieces), title=title))


def check_blocks(report: Report) -> None:
    end = 0
    for block in report.blocks:
        assert end <= block.span.begin < block.span.end <= len(report.text)
        assert block.span.of(report.text) == block.span.of(report.text).strip()
        end = block.span.end


@pytest.mark.skipif(not SEED.exists(), reason="needs ../shared")
def test_seed() -> None:
    report = parse_text(SEED.read_text(encoding="utf-8"))
    assert (report.publisher, report.published) == ("European Pravda", date(2024, 3, 5))
    counts = [str(block.role) for block in report.blocks]
    assert counts == [
        "dateline",
        "title",
        "dateline",
        "title",
        "caption",
        "lede",
        "source_line",
        *["body"] * 7,
        *["background"] * 2,
        "plea",
        "tags",
    ]
    assert "become our patron" not in "".join(block.span.of(report.text) for block in report.blocks_of(*READABLE_ROLES))


def test_a_long_run_of_white_space_is_read_in_one_go() -> None:
    """Found by fuzzing: the time once grew with the third power of its length."""
    assert "Two left." in parse_text("OSLO" + " " * 20_000 + "- Two left.").text
    assert "Two left." in parse_text("OSLO, 5 March" + "\t" * 20_000 + "(AFP) - Two left.").text
