"""How far a confidence may be believed: a scale for the logits, and the error that is left."""

from typing import NamedTuple

import torch
from torch import Tensor, nn

from schemas.plover import Root, sign_of

BINS = 10


class Bin(NamedTuple):
    """Of one tenth of the confidences: how many, their mean, and the share of them that was right."""

    count: int
    confidence: float
    right: float


def temperature_of(logits: Tensor, wanted: Tensor) -> float:
    """By what logits are divided so that held-out labels are likeliest.

    Source: Guo et al. 2017, "On Calibration of Modern Neural Networks".
    """
    log = torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.LBFGS([log], max_iter=100)

    def closure() -> Tensor:
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(logits / log.exp(), wanted)
        loss.backward()
        return loss

    optimizer.step(closure)
    return round(float(log.detach().exp()), 4)


def reliability(logits: Tensor, wanted: Tensor, temperature: float) -> list[Bin]:
    """The reliability curve of the confidence that `classify` gives: that a statement of the likelier sign is there.

    Ten bins of equal width; empty ones are left out.
    """
    chances = (logits / temperature).softmax(1)
    by_sign = torch.stack([chances[:, _of_sign(1)].sum(1), chances[:, _of_sign(-1)].sum(1)], dim=1)
    confidence, told = by_sign.max(1)
    right = torch.where(told == 0, torch.isin(wanted, _of_sign(1)), torch.isin(wanted, _of_sign(-1))).float()
    at = (confidence * BINS).long().clamp(max=BINS - 1)
    return [
        Bin(int(inside.sum()), float(confidence[inside].mean()), float(right[inside].mean()))
        for number in range(BINS)
        if (inside := at == number).any()
    ]


def _of_sign(sign: int) -> Tensor:
    return torch.tensor([at for at, root in enumerate(Root) if sign_of(root) == sign])


def expected_error(curve: list[Bin]) -> float:
    """The expected calibration error, in [0, 1]: the gap between confidence and right, weighed by count."""
    total = sum(each.count for each in curve)
    return sum(each.count * abs(each.confidence - each.right) for each in curve) / total
