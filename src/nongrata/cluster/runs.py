"""A run over many shards: actors that hold the model, one shard each at a time, lost workers replaced.

A shard is handed out when a worker is free and not before, so memory does not grow with the listing, and a store is not
asked for more than is being read. A shard whose worker was lost is read again from its beginning by another one; one
that costs three workers, or cannot be read, is told and passed over. What is done is noted beside each claims file: the
same run again reads only what is missing.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nongrata.cluster.reading import SHIPPED, Done, done_before, make_reader, prepared, read_shard
from nongrata.cluster.shards import Shard
from nongrata.model import InputError, MissingExtraError

TRIES = 3
"""Workers that a shard may cost."""
_STARTS = 3
"""Times that starting Ray on this machine is tried."""


@dataclass(frozen=True, slots=True)
class ShardFault:
    """A shard that could not be read, and why."""

    shard: Shard
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did: the shards that are done (those of earlier runs among them), the faulty ones, workers lost."""

    done: tuple[Done, ...]
    known: int
    faults: tuple[ShardFault, ...]
    lost_workers: int

    @property
    def reports(self) -> int:
        """Reports in all shards that are done."""
        return sum(one.reports for one in self.done)

    @property
    def claims(self) -> int:
        """Claims in all shards that are done."""
        return sum(one.claims for one in self.done)


Told = Callable[[int, int], None]
"""Is called with how many shards are done and how many there are."""


class _Worker:
    """What runs in an actor: one model, shard after shard."""

    def __init__(self, factory: str) -> None:
        self._reader = make_reader(factory)

    def name(self) -> str:
        """The reader's name."""
        return self._reader.name

    def read(self, shard: Shard, out: str, silent: bool) -> Done | str:
        """Read a shard; why it cannot be read, where it cannot."""
        try:
            return read_shard(self._reader, shard, Path(out), silent=silent)
        except InputError as error:
            return str(error)


def run(
    shards: Iterable[Shard],
    out: Path,
    *,
    address: str | None = None,
    workers: int | None = None,
    silent: bool = True,
    factory: str = SHIPPED,
    told: Told = lambda done, all: None,
) -> Outcome:
    """Read shards on a Ray cluster.

    Args:
        shards: what to read.
        out: the folder of claims files; all machines have to see it under this path.
        address: of the cluster, as ``ray start`` prints it ("auto": the one of this machine); None starts one here.
            Ray's client addresses (``ray://``) need ``ray[client]``, which the extra does not bring.
        workers: how many actors; by default one for each CPU of the cluster.
        silent: keep reports without a claim as well.
        factory: where workers find their reader, ``module:function``.
        told: progress.

    Raises:
        MissingExtraError: Ray is not installed.
        InputError: the cluster cannot be reached, or the folder not be made.
    """
    try:
        import ray
    except ImportError as error:
        raise MissingExtraError("cluster") from error
    folder = prepared(out.absolute())
    _connect(ray, address, workers)
    try:
        wanted = workers or max(1, int(_resources(ray).get("CPU", 1)))
        return _Run(ray, folder, factory, silent, told).over(list(shards), wanted)
    finally:
        ray.shutdown()


def _connect(ray: Any, address: str | None, workers: int | None) -> None:  # noqa: ANN401  the module
    """Reach the cluster, or start one here: again if need be, since Ray gives a busy machine little time for it."""
    for tries_left in reversed(range(_STARTS if address is None else 1)):
        try:
            ray.init(
                # "local": without an address, Ray would join whatever cluster was last started on this machine.
                address=address or "local",
                num_cpus=workers if address is None else None,
                include_dashboard=None if address else False,
                log_to_driver=False,
                logging_level=logging.ERROR,
            )
        except Exception as error:  # Ray raises bare ones as well
            ray.shutdown()
            if not tries_left:
                raise InputError(_no_cluster(address, error)) from error
        else:
            return


def _no_cluster(address: str | None, error: Exception) -> str:
    if address is None:
        return f"no Ray cluster could be started here ({error}): try again when the machine is less busy"
    if address.startswith("ray://"):
        return f"{address} is not reached ({error}): run this on a machine of the cluster, with --address auto"
    return (
        f"no Ray cluster answers at {address} ({error}): start one with `ray start --head`, "
        "and set RAY_AUTH_MODE=token where it says that it asks for a token"
    )


def _resources(ray: Any) -> dict[str, float]:  # noqa: ANN401  the module, whose function has no types
    found: dict[str, float] = ray.cluster_resources()
    return found


class _Run:
    """The shards that wait, the actors and what each of them is at."""

    def __init__(self, ray: Any, out: Path, factory: str, silent: bool, told: Told) -> None:  # noqa: ANN401  the module
        self._ray = ray
        self._out = out
        self._factory = factory
        self._silent = silent
        self._told = told
        self._actor = ray.remote(num_cpus=1, max_restarts=0)(_Worker)
        self._busy: dict[Any, tuple[Any, Shard]] = {}
        self._waiting: deque[Shard] = deque()
        self._tries: dict[Shard, int] = {}
        self._done: list[Done] = []
        self._faults: list[ShardFault] = []
        self._lost = 0

    def over(self, shards: list[Shard], workers: int) -> Outcome:
        """Read the shards that are not done yet."""
        first = self._actor.remote(self._factory)
        reader = self._ray.get(first.name.remote())
        for shard in shards:
            done = done_before(self._out, shard, reader)
            if done:
                self._done.append(done)
            else:
                self._waiting.append(shard)
        known, all = len(self._done), len(shards)
        self._told(known, all)
        free = [first]
        free += [self._actor.remote(self._factory) for _ in range(min(workers, len(self._waiting)) - 1)]
        for actor in free:
            self._hand_out(actor)
        while self._busy:
            ready, _ = self._ray.wait(list(self._busy), num_returns=1)
            self._take(ready[0])
            self._told(len(self._done), all)
        return Outcome(tuple(sorted(self._done, key=lambda one: one.source)), known, tuple(self._faults), self._lost)

    def _hand_out(self, actor: Any) -> None:  # noqa: ANN401  an actor's handle
        if self._waiting:
            shard = self._waiting.popleft()
            self._busy[actor.read.remote(shard, str(self._out), self._silent)] = (actor, shard)

    def _take(self, task: Any) -> None:  # noqa: ANN401  an object reference
        actor, shard = self._busy.pop(task)
        try:
            result = self._ray.get(task)
        except self._ray.exceptions.RayActorError as error:
            self._lost += 1
            self._again(shard, f"its worker was lost ({type(error).__name__})")
            actor = self._actor.remote(self._factory)
        except self._ray.exceptions.RayTaskError as error:
            self._faults.append(ShardFault(shard, str(error.cause)[:500]))
        else:
            if isinstance(result, str):
                self._faults.append(ShardFault(shard, result))
            else:
                self._done.append(result)
        self._hand_out(actor)

    def _again(self, shard: Shard, reason: str) -> None:
        self._tries[shard] = self._tries.get(shard, 0) + 1
        if self._tries[shard] < TRIES:
            self._waiting.append(shard)
        else:
            self._faults.append(ShardFault(shard, f"{reason}, {TRIES} times: split it, or read it by itself"))
