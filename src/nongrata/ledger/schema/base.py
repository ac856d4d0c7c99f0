"""What all tables stand in."""

from __future__ import annotations

import sqlalchemy as sa

from nongrata.ledger.columns import NAMING

metadata = sa.MetaData(naming_convention=NAMING)
