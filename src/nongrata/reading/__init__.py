"""Reading: files, folders and streams of any kind into reports whose blocks have roles."""

from nongrata.reading.plain import parse_text
from nongrata.reading.sources import open_reports
from nongrata.reading.stats import Limits, ReadingStats, Skipped

__all__ = ["Limits", "ReadingStats", "Skipped", "open_reports", "parse_text"]
