"""Takes our STIX bundle into MISP with misp-stix; prints what arrives, by kind, and what it says of the rest.

misp.py BUNDLE
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import stix2
from misp_stix_converter import ExternalSTIX2toMISPParser


def main() -> None:
    """Print the MISP events and the refusals as JSON."""
    parser = ExternalSTIX2toMISPParser()
    parser.load_stix_bundle(stix2.parse(Path(sys.argv[1]).read_text(encoding="utf-8"), allow_custom=True))
    parser.parse_stix_bundle()
    found = parser.misp_events if isinstance(parser.misp_events, list) else [parser.misp_events]
    refused = Counter(message.split(":")[-1].strip() for some in parser.errors.values() for message in some)
    events: list[dict[str, Any]] = [json.loads(event.to_json()) for event in found]
    sys.stdout.write(json.dumps({"events": events, "refused": refused}))


if __name__ == "__main__":
    main()
