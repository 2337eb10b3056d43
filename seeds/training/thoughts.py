"""What a network makes of a pair before it decides, in few numbers: a student that is to find them learns from fewer texts.

Source: Romero et al. 2015, "FitNets: Hints for Thin Deep Nets".
"""

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from seeds.training.network import THOUGHT, Base, PairReader, pairs_of
from streams.detection.encoder import Asked


class Axes(NamedTuple):
    """The directions in which the pairs of a network differ most."""

    middle: Tensor
    along: Tensor
    """(numbers of the network, THOUGHT); along all of them together the mean square is 1."""

    def thought(self, pairs: Tensor) -> Tensor:
        """Pairs as a network reads them, in THOUGHT numbers each."""
        return ((pairs - self.middle) @ self.along).half()


def axes(model: PairReader, base: Base, asked: Sequence[Asked]) -> Axes:
    """The principal axes of what a network makes of the pairs of some sentences."""
    pairs = torch.cat(pairs_of(model, base, asked))
    middle = pairs.mean(0)
    _, spread, along = torch.pca_lowrank(pairs - middle, THOUGHT, center=False)
    return Axes(middle, along * len(pairs) ** 0.5 / spread.square().mean().sqrt())
