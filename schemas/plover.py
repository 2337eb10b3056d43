"""The PLOVER ontology of political events: root classes, quad classes and signs.

Source: PLOVER codebook (Halterman et al. 2023); signs as in the project's evaluation of classifiers.
"""

from enum import StrEnum
from typing import Literal

Sign = Literal[-1, 0, 1]
"""1 cooperative, -1 conflictual, 0 neutral."""

Quad = Literal[1, 2, 3, 4]
"""1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""


class Root(StrEnum):
    """The 15 PLOVER root classes that name a dyadic interaction."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    COOPERATE = "COOPERATE"
    AID = "AID"
    YIELD = "YIELD"
    ACCUSE = "ACCUSE"
    REQUEST = "REQUEST"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    MOBILIZE = "MOBILIZE"
    SANCTION = "SANCTION"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


class Mode(StrEnum):
    """How far the act is from a deed, as the text puts it."""

    SAID = "said"
    DID = "did"
    AGREED = "agreed"
    WILL = "will"
    THREATENED = "threatened"
    RETOLD = "retold"


QUADS: dict[Root, Quad] = {
    Root.AGREE: 1,
    Root.CONSULT: 1,
    Root.SUPPORT: 1,
    Root.COOPERATE: 2,
    Root.AID: 2,
    Root.YIELD: 2,
    Root.ACCUSE: 3,
    Root.REQUEST: 3,
    Root.REJECT: 3,
    Root.THREATEN: 3,
    Root.PROTEST: 4,
    Root.MOBILIZE: 4,
    Root.SANCTION: 4,
    Root.COERCE: 4,
    Root.ASSAULT: 4,
}


def sign_of(root: Root) -> Literal[-1, 1]:
    """The sign of a root class: its quad class is cooperation (1, 2) or conflict (3, 4)."""
    return 1 if QUADS[root] <= 2 else -1
