"""The same reading on many machines (extra ``cluster``): Ray actors read shards, each shard becomes a claims file."""

from nongrata.cluster.runs import Outcome, ShardFault, run
from nongrata.cluster.shards import Shard, list_shards

__all__ = ["Outcome", "Shard", "ShardFault", "list_shards", "run"]
