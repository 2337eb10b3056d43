import pytest

from streams.intake.language import is_english


@pytest.mark.parametrize(
    "text",
    [
        "The prime minister met the Chinese president in Beijing and promised closer trade.",
        "Takaichi Sanae, Motegi Toshimitsu and Koizumi Shinjiro met with Wang Yi, who was at the palace with Li Qiang.",
        "PM Anwar Ibrahim: Malaysia to work with Beijing on the ports of Melaka and Kuantan, says Zambry Abdul Kadir.",
    ],
)
def test_english_is_known_also_when_full_of_names(text):
    assert is_english(text)


@pytest.mark.parametrize(
    "text",
    [
        "El primer ministro se reunió con el presidente chino en Pekín y prometió más comercio entre los dos países.",
        "De premier zei donderdag dat Nederland de handel met China wil uitbreiden, tot verdriet van Washington.",
        "Der Bundeskanzler traf den chinesischen Präsidenten in Peking und versprach engere Zusammenarbeit.",
        "Perdana menteri mengatakan bahwa Malaysia akan bekerja sama dengan China dalam bidang perdagangan.",
        "英国首相访问北京，承诺加强两国之间的贸易合作。",
        "Премьер-министр встретился с председателем КНР в Пекине и пообещал расширить торговлю.",
    ],
)
def test_other_languages_are_not_english(text):
    assert not is_english(text)
