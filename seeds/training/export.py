"""From the trained network to the file that ships: ONNX, its weights as 8-bit integers."""

import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from seeds.training.network import Base, PairReader, tensors


def export(model: PairReader, base: Base, to: Path) -> None:
    """Write the network as int8 ONNX: inputs ids and mask (batch, length), output logits (batch, classes)."""
    ids, mask = tensors(base, ["<s>A</s> and <t>B</t> met.", "<s>A</s> has <t>B</t>."])
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            model,
            (ids, mask),
            str(whole),
            input_names=["ids", "mask"],
            output_names=["logits"],
            dynamic_axes={"ids": {0: "batch", 1: "length"}, "mask": {0: "batch", 1: "length"}, "logits": {0: "batch"}},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(whole, to, weight_type=QuantType.QInt8, per_channel=True)
