"""The agreement of two readers is counted as Cohen did, over the pairs that both have labelled."""

import pytest

from seeds.training.agreement import agreements, kappa
from seeds.training.labelled import labelled


def test_kappa_takes_away_what_chance_would_agree_on() -> None:
    # 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: 0.7 agree, 0.5 by chance.
    pairs = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    assert kappa(pairs) == pytest.approx(0.4)


def test_at_least_four_hundred_pairs_were_read_twice_and_the_readers_agree() -> None:
    told = agreements(labelled())
    assert [each.question for each in told] == ["statement or none", "sign or none", "root or none", "mode"]
    assert all(each.pairs >= 400 for each in told)
    assert all(each.kappa > 0.75 for each in told)
