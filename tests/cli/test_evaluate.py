from __future__ import annotations

import json


def labels(tmp_path, rows):
    path = tmp_path / "labels.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return str(path)


RIGHT = {"type": "expulsion", "actor": "BE", "target": "RU", "count": [21, 21], "factuality": "CT+", "realis": "actual"}


def test_the_figures_and_the_misses(nongrata, story, tmp_path):
    path = labels(
        tmp_path,
        [
            {"id": "gazette-1", "claims": [RIGHT]},
            {"id": "choir-1", "claims": []},
            {"id": "absent", "claims": [RIGHT]},
        ],
    )
    done = nongrata("evaluate", path, str(story), "--misses", "5")
    lines = done.out.splitlines()
    assert done.code == 0
    assert lines[0] == "reports 3   clean 1.0"
    assert lines[1] == "detect  P 1.000  R 0.500  F1 0.667   (1 of 2 labelled, 1 found)"
    assert lines[2] == "who     P 1.000  R 0.500  F1 0.667"
    assert lines[3].startswith("fields  count 1.00  count~ 1.00  when 0.00")
    assert lines[4].split() == ["expulsion", "who", "0.67", "detect", "0.67", "labelled", "2", "found", "1"]
    assert [json.loads(line)["why"] for line in lines[5:]] == ["when,when~,origin,chain", "missed"]
    assert "1 labelled report not among the reports" in done.err


def test_the_first_n_as_json(nongrata, story, tmp_path):
    path = labels(tmp_path, [{"id": "gazette-1", "claims": [RIGHT]}, {"id": "lantern-1", "claims": []}])
    result = nongrata("evaluate", path, str(story), "--first", "1", "--json").rows[0]
    assert result["reports"] == 1
    assert result["who"]["f1"] == 1.0


def test_labels_that_are_none(nongrata, story, tmp_path):
    (tmp_path / "labels.jsonl").write_text('{"id": "a", "claims": []}\nnot json\n')
    done = nongrata("evaluate", "labels.jsonl", str(story))
    assert done.code == 1
    assert "labels.jsonl, line 2 is no labelled report" in done.err
    assert nongrata("evaluate", "missing.jsonl", str(story)).code == 1
