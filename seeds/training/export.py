"""From the trained network to the file that ships: ONNX, its weights as 8-bit integers."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import torch
from onnx import TensorProto
from onnxruntime import InferenceSession
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor

from seeds.training.labelled import parsed
from seeds.training.network import Base, PairReader, by_pair, tensors
from streams.detection.encoder import CLASSES, Asked, padded, windows

_EXAMPLES = ["[a|A] and [b|B] met [c|C].\t-", "[a|A] has [b|B] and [c|C] too.\t-"]


def export(model: PairReader, base: Base, to: Path) -> None:
    """Write the network as int8 ONNX: inputs ids, mask (batch, tokens), marks (batch, pairs, 2), output logits."""
    example = tensors(windows(base.tokenizer, [parsed(line, "example").asked for line in _EXAMPLES]))
    both = {0: "batch", 1: "tokens"}
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            model,
            example,
            str(whole),
            input_names=["ids", "mask", "marks"],
            output_names=["logits"],
            dynamic_axes={
                "ids": both,
                "mask": both,
                "marks": {0: "batch", 1: "pairs"},
                "logits": {0: "batch", 1: "pairs"},
            },
            opset_version=17,
            custom_opsets={"com.microsoft": 1},
            dynamo=False,
        )
        # Behind an operator of onnxruntime's own, the kind of a tensor is not known by itself.
        told = {"DefaultTensorType": TensorProto.FLOAT}
        quantize_dynamic(whole, to, weight_type=QuantType.QInt8, per_channel=True, extra_options=told)


def logits_of_file(file: Path, base: Base, asked: Sequence[Asked]) -> list[Tensor]:
    """The logits (pairs, classes) of each sentence, as the file that ships gives them."""
    session = InferenceSession(file)
    read = windows(base.tokenizer, asked)
    told = ((each, torch.from_numpy(session.run(["logits"], padded([each]))[0][0])) for each in read)
    return by_pair(asked, told, len(CLASSES))
