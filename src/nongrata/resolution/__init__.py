"""From claims to incidents: same happening or not, independent origins, totals, contradictions."""

from nongrata.resolution.judgements import Judgement
from nongrata.resolution.resolver import Change, Resolution, Resolver, resolve
from nongrata.resolution.telling import Telling

__all__ = ["Change", "Judgement", "Resolution", "Resolver", "Telling", "resolve"]
