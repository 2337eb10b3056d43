"""What rules leave in doubt is asked of the encoder: pairs without a cue, and who is meant but not named."""

from datetime import date

from schemas.plover import Root
from streams.detection.detect import Decision, explain
from streams.detection.doubts import FAR, NO_STATEMENT, STATEMENT, STRENGTH

DAY = date(2025, 3, 5)


def decisions(text: str, actor: str, target: str) -> list[Decision]:
    return [each for each in explain(text, DAY) if (each.finding.actor, each.finding.target) == (actor, target)]


def signs(text: str, actor: str, target: str) -> set[int]:
    return {each.finding.sign for each in decisions(text, actor, target) if each.dropped is None}


def test_a_reply_that_names_nobody_is_read_with_the_sentence_that_does() -> None:
    text = (
        "The United States doubled its duties on Norwegian salmon. "
        "Prime Minister Jonas Gahr Støre found them unacceptable."
    )
    assert signs(text, "NOR", "USA") == {-1}


def test_a_list_is_meant_by_its_number() -> None:
    text = (
        "Oslo, Riga, Vilnius and Tallinn were told to pay more by Washington. "
        "The four condemned the threats of the United States."
    )
    assert all(signs(text, country, "USA") == {-1} for country in ("NOR", "LVA", "LTU", "EST"))


def test_a_number_that_is_not_the_list_s_means_nobody() -> None:
    text = "Oslo, Riga and Vilnius are far from Washington. The five condemned the threats of the United States."
    assert not signs(text, "NOR", "USA") & {-1}


def test_all_who_speak_together_say_it() -> None:
    text = "Oslo, Riga and Vilnius said Beijing had lied to them."
    assert all(-1 in signs(text, country, "CHN") for country in ("NOR", "LVA", "LTU"))


def test_governments_far_apart_in_a_sentence_have_nothing_to_do_with_each_other() -> None:
    text = f"Oslo said it was cold, {'and then colder, ' * FAR} as it is in Riga."
    assert decisions(text, "NOR", "LVA") == []


def test_each_root_says_something() -> None:
    assert set(STRENGTH) == set(Root)
    assert all(0 < strength <= 1 for strength in STRENGTH.values())
    assert 0 < NO_STATEMENT < STATEMENT < 1


def test_what_the_encoder_drops_is_told_with_its_reason() -> None:
    text = "Reporters flew with Britain's prime minister over China on the way to Tokyo."
    assert not signs(text, "GBR", "CHN")
    assert {each.dropped for each in decisions(text, "GBR", "CHN")} <= {
        "no cue, and too unlikely to the encoder",
        "too unlikely to the encoder",
    }
