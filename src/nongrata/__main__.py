"""``python -m nongrata``."""

from nongrata.cli import main

main()
