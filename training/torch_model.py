"""The network behind the interface that reading uses, so that training measures what will be shipped."""

from __future__ import annotations

import numpy as np
import torch

from training.fit import precision
from training.network import Network


class TorchModel:
    """A :class:`nongrata.extraction.scoring.Model` run by torch."""

    def __init__(self, network: Network) -> None:
        self.network = network.eval()

    @torch.no_grad()
    def base(self, ids: np.ndarray, attention: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """See the interface."""
        with precision():
            hidden, tags = self.network.base(torch.from_numpy(ids), torch.from_numpy(attention))
        return hidden.float().numpy(), tags.float().numpy()

    @torch.no_grad()
    def read(
        self, hidden: np.ndarray, attention: np.ndarray, mark: np.ndarray, kind: np.ndarray, features: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """See the interface."""
        arrays = [torch.from_numpy(np.ascontiguousarray(a)) for a in (hidden, attention, mark, kind, features)]
        with precision():
            roles, classes = self.network.reader(*arrays)
        return roles.float().numpy(), classes.float().numpy()
