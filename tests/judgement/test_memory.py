"""What is remembered stays small, whatever a feed brings."""

from judgement_builders import DENSE_RULES, RULES, a_statement, closed, day, folded, said

from streams.judgement.memory import RECENT, SETTLED


def test_a_sparse_actor_takes_a_few_kilobytes() -> None:
    state, _ = folded(*said(range(0, 2920, 30), 0.4), *said(range(2920, 3000, 30), -0.4))
    assert len(state.to_bytes()) < 8_000


def test_a_dense_feed_stays_bounded() -> None:
    state, _ = folded()
    sizes = []
    for number in range(24):
        news = [a_statement(number, 0.4 if n % 2 else -0.5, article_id=f"art-{number}-{n}") for n in range(100)]
        state, _ = folded(*news, closed(number), start=state)
        sizes.append(len(state.to_bytes()))
    assert len(state.toward("CHN").recent) == RECENT["sparse"]
    assert sizes[-1] < 200_000
    assert sizes[-1] - sizes[12] < 2_000


def test_a_dense_feed_under_its_own_profile_takes_some_tens_of_kilobytes() -> None:
    state = None
    for number in range(120):
        news = [a_statement(number, 0.4 if n % 2 else -0.5, article_id=f"art-{number}-{n}") for n in range(40)]
        state, _ = folded(*news, closed(number), rules=DENSE_RULES, start=state)
    assert state is not None
    assert len(state.to_bytes()) < 32_000


def test_what_no_longer_fits_in_memory_has_its_vote_all_the_same() -> None:
    many = [a_statement(0, 0.4, article_id=f"art-{n}") for n in range(RECENT["sparse"] + 40)]
    state, _ = folded(*many)
    one, _ = folded(many[0])
    assert state.toward("CHN").tally.sums.wf == (RECENT["sparse"] + 40) * one.toward("CHN").tally.sums.wf


def test_stories_settle_when_no_copy_can_join_them() -> None:
    until = RULES.memory
    state, _ = folded(a_statement(0), closed(until))
    assert (len(state.toward("CHN").recent), len(state.toward("CHN").settled)) == (1, 0)
    state, _ = folded(closed(until + 1), start=state)
    assert (len(state.toward("CHN").recent), len(state.toward("CHN").settled)) == (0, 1)


def test_the_weightiest_settled_stories_of_each_sign_are_kept() -> None:
    faint = said(range(0, 60, 4), 0.4) + said(range(0, 60, 4), -0.4)
    state, _ = folded(*sorted(faint, key=lambda event: event.event_time.date()), *said([70, 75], 1.0), closed(120))
    settled = state.toward("CHN").settled
    assert sum(story.sign > 0 for story in settled) == sum(story.sign < 0 for story in settled) == SETTLED
    assert {day(70).toordinal(), day(75).toordinal()} <= {story.best.vote.day for story in settled}


def test_what_is_too_old_to_be_part_of_a_move_is_forgotten() -> None:
    state, _ = folded(a_statement(0), closed(20), closed(20 + RULES.lasting))
    assert state.toward("CHN").settled == ()
    assert state.toward("CHN").tally.sums.wf > 0
