"""How far a confidence may be believed: one temperature for the logits, and the error that is left."""

from typing import NamedTuple

import torch
from torch import Tensor, nn

BINS = 10


class Bin(NamedTuple):
    """Of one tenth of the confidences: how many, their mean, and the share of them that was right."""

    count: int
    confidence: float
    right: float


def temperature_of(logits: Tensor, wanted: Tensor) -> float:
    """The temperature that makes held-out labels likeliest. Source: Guo et al. 2017, On Calibration of Modern Networks."""
    log = torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.LBFGS([log], max_iter=60)

    def closure() -> Tensor:
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(logits / log.exp(), wanted)
        loss.backward()
        return loss

    optimizer.step(closure)
    return round(float(log.detach().exp()), 4)


def reliability(logits: Tensor, wanted: Tensor, temperature: float) -> list[Bin]:
    """The reliability curve of the likeliest class, in ten bins of equal width; empty bins are left out."""
    confidence, told = (logits / temperature).softmax(1).max(1)
    right = (told == wanted).float()
    at = (confidence * BINS).long().clamp(max=BINS - 1)
    return [
        Bin(int(inside.sum()), float(confidence[inside].mean()), float(right[inside].mean()))
        for number in range(BINS)
        if (inside := at == number).any()
    ]


def expected_error(curve: list[Bin]) -> float:
    """The expected calibration error, in [0, 1]: the gap between confidence and right, weighed by count."""
    total = sum(each.count for each in curve)
    return sum(each.count * abs(each.confidence - each.right) for each in curve) / total
