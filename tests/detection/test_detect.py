"""Who said or did what to whom: each case is a sentence of ours and every statement that a reader finds in it."""

import os
import subprocess
import sys
from datetime import date

import pytest

from schemas.plover import Mode, Root
from streams.detection.detect import Finding, detect, explain

DAY = date(2024, 11, 20)
"""A Wednesday."""

Pair = tuple[str, str, int]


def pairs(text: str) -> set[Pair]:
    return {(found.actor, found.target, found.sign) for found in detect(text, DAY)}


def only(text: str) -> Finding:
    (found,) = detect(text, DAY)
    return found


def test_what_follows_a_relative_clause_is_no_object_of_it() -> None:
    told = pairs("China, which Japan criticised, praised Russia.")
    assert {("JPN", "CHN", -1), ("CHN", "RUS", 1)} <= told
    assert ("JPN", "RUS", -1) not in told


@pytest.mark.parametrize(
    "text",
    [
        "Panama will not renew its 2017 pact with China.",
        "Panama said the 2017 memorandum with Beijing would not be renewed.",
    ],
)
def test_a_year_that_only_tells_things_apart_is_not_when_it_happens(text: str) -> None:
    refusal = next(each for each in detect(text, DAY) if each.actor == "PAN")
    assert (refusal.target, refusal.sign, refusal.mode) == ("CHN", -1, Mode.SAID)


def test_thanks_for_a_deed_are_no_deed_of_who_gives_them() -> None:
    assert only("Canada thanked the United States for lifting tariffs on steel.").root is Root.SUPPORT


def test_who_blocks_the_criticism_of_a_body_is_kind_to_whom_it_is_about() -> None:
    assert ("HUN", "CHN", 1) in pairs("Hungary blocked an EU statement criticising China over Hong Kong.")


def test_recognition_goes_from_one_side_to_another() -> None:
    assert ("HND", "CHN", 1) in pairs("Honduras switched recognition from Taiwan to China.")


def test_who_does_not_follow_another_does_not_accuse_them() -> None:
    told = pairs("Ottawa said it had no plans to follow Washington in banning Chinese cars.")
    assert ("CAN", "USA", -1) not in told


def test_who_urges_another_to_lift_a_ban_has_imposed_none() -> None:
    assert only("Japan urged China to lift its ban on seafood.").root is Root.REQUEST


def test_who_is_told_does_not_speak() -> None:
    told = pairs("Winston Peters said China had been told that New Zealand would not accept threats.")
    assert told == {("NZL", "CHN", -1)}


def test_what_another_is_asked_to_do_is_no_deed_of_who_asks() -> None:
    assert ("MYS", "ISR", 1) not in pairs("Malaysia urged the United States to stop supplying weapons to Israel.")
    assert ("SWE", "CHN", 1) not in pairs("Sweden asked Beijing to cooperate with the investigation.")
    assert ("CHE", "USA", 1) not in pairs("Switzerland failed to persuade Washington to lower the tariff.")


def test_what_a_warning_is_about_is_not_who_is_warned() -> None:
    told = pairs("Lawrence Wong warned that US tariffs were not what one does to a friend.")
    assert ("SGP", "USA", -1) in told
    assert ("SGP", "USA", 1) not in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # deeds, active and passive
        ("Ottawa sanctioned three Chinese firms.", {("CAN", "CHN", -1)}),
        ("Two Chinese diplomats were expelled by Canada.", {("CAN", "CHN", -1)}),
        ("Beijing lifted its ban on Australian wine.", {("CHN", "AUS", 1)}),
        ("Tokyo praised Washington for its patience.", {("JPN", "USA", 1)}),
        ("Germany will not ban Huawei, a minister in Berlin said.", {("DEU", "CHN", 1)}),
        # good and bad things between sides
        ("France wants deeper trade ties with China.", {("FRA", "CHN", 1)}),
        ("The EU imposed tariffs of 38 percent on Chinese electric cars.", {("EUU", "CHN", -1)}),
        ("Norway will not pursue closer relations with China.", {("NOR", "CHN", -1)}),
        # speech
        ("Spanish Prime Minister Pedro Sanchez called China a reliable partner.", {("ESP", "CHN", 1)}),
        ("“China is using coercive practices against us,” said Kaja Kallas.", {("EUU", "CHN", -1)}),
        ("“China remains our largest partner,” Fernando Haddad told reporters.", {("BRA", "CHN", 1)}),
        ("China's foreign ministry accused Canada of smearing it.", {("CHN", "CAN", -1)}),
        ("Japan blamed Mexico for cheating it.", {("JPN", "MEX", -1)}),
        ("The Danish prime minister called the words of Donald Trump unworthy of an ally.", {("DNK", "USA", -1)}),
        # what is done to whom "of" names
        ("Ottawa ruled out any boycott of China.", {("CAN", "CHN", 1)}),
        ("Norway denounced the invasion of Ukraine by Russia.", {("NOR", "RUS", -1), ("RUS", "UKR", -1)}),
        ("Brazil joined the boycott of China.", {("BRA", "CHN", -1)}),
        ("The White House refused to rule out the use of force over Greenland.", set()),
        ("Vietnam was hit with a 46 percent tariff by the United States.", {("USA", "VNM", -1)}),
        ("Lisbon stopped short of criticising the United States over the tariffs.", {("PRT", "USA", 1)}),
        # a harm to oneself that is over
        ("Chile's president thanked Beijing for lifting a ban on Chilean salmon.", {("CHL", "CHN", 1)}),
        ("Vietnam will never cede an inch of its waters to China.", {("VNM", "CHN", -1)}),
        # what is denied was neither said nor done
        ("Canada denied that it had apologised to the United States.", set()),
        ("China denied hacking the Canadian parliament.", set()),
        ("New Zealand denied on Friday that it had bowed to Beijing.", set()),
        ("Denmark rejected claims that it had bowed to the United States.", {("DNK", "USA", -1)}),
        ("Japan denied any plan to apologise to China and praised the United States.", {("JPN", "USA", 1)}),
        ("China denied hacking Canada after Ottawa imposed sanctions on it.", {("CAN", "CHN", -1)}),
        ("China denied that Beijing sanctioned Lithuania.", set()),
        ("Nobody denies that China has bullied Lithuania.", {("CHN", "LTU", -1)}),
        # a pact that another attacks, and a firm that another accuses
        ("Paul Keating attacked Canberra's submarine deal with the United States.", set()),
        (
            "Ukraine imposed sanctions on Chinese firms accused of supplying missile parts to Russia.",
            {("UKR", "CHN", -1)},
        ),
        ("Thailand waived visa requirements for Chinese tourists.", {("THA", "CHN", 1)}),
        ("Beijing, which Ottawa has accused of meddling, welcomed the talks.", {("CAN", "CHN", -1)}),
        # what is asked of another, and what one does oneself
        ("Paris lifted sanctions on Syria and ended support for Ukraine.", {("FRA", "SYR", 1), ("FRA", "UKR", -1)}),
        # what a side faces it does not do, and a deficit is nobody's deed
        ("Both sides signed nothing, as Japan faces pressure from China.", {("CHN", "JPN", -1)}),
        ("Britain's trade deficit with China widened in October.", set()),
        # what something is done for, and what is agreed to
        ("Canada scrapped a tax to restart talks with Washington.", {("CAN", "USA", 1), ("USA", "CAN", 1)}),
        ("EU leaders agreed to reduce their dependence on Chinese rare earths.", {("EUU", "CHN", -1)}),
        # who is summoned, by whom and where to
        ("The Chinese ambassador was summoned to the Turkish foreign ministry on Tuesday.", {("TUR", "CHN", -1)}),
        ("Wisma Putra called in the Chinese ambassador.", {("MYS", "CHN", -1)}),
        # who is told what
        ("Fiji told China that it would not recognise any claim to its waters.", {("FJI", "CHN", -1)}),
        # who blocks criticism of a side, or declines to join in it, is kind to that side
        ("Cambodia blocked a statement criticising China.", {("KHM", "CHN", 1)}),
        ("Portugal refused to sign a letter critical of China's record.", {("PRT", "CHN", 1)}),
        # who gives what another draws
        ("Canada's decision drew sharp criticism from Beijing.", {("CHN", "CAN", -1)}),
        ("Japan sailed a destroyer through the strait, drawing condemnation from China.", {("CHN", "JPN", -1)}),
        ("Spain's contracts drew a rebuke from the chairs of the US intelligence committees.", {("USA", "ESP", -1)}),
        (
            "Britain expelled a Chinese envoy, prompting Beijing to accuse it of bias.",
            {("GBR", "CHN", -1), ("CHN", "GBR", -1)},
        ),
        (
            "Canada's ministers said India and China tried to interfere in the vote.",
            {("CAN", "IND", -1), ("CAN", "CHN", -1)},
        ),
        ("The Belgian prime minister said his country could not be naive about China.", {("BEL", "CHN", -1)}),
        # who rejects another's words, meets a plan with scorn, gives no access, and goes on to something else
        ("Fiji's prime minister rejected Australian criticism of the visit.", {("FJI", "AUS", -1)}),
        ("China's proposal was met with scepticism by Kyiv.", {("UKR", "CHN", -1)}),
        ("The EU ambassador complained that China gave European firms no fair access.", {("EUU", "CHN", -1)}),
        ("Mongolia's president had no time for China's press, then flew to Washington.", {("MNG", "USA", 1)}),
        (
            "Estonia warned that China could sway voters, and its president urged the EU to do more.",
            {("EST", "CHN", -1), ("EST", "EUU", -1)},
        ),
        # who stands beside a private person is none
        ("Jailed tycoon Jimmy Lai aside, President Xi Jinping praised Canada.", {("CHN", "CAN", 1)}),
        (
            "Norway's premier talked about a tycoon with President Xi Jinping, and the two leaders signed a pact.",
            {("NOR", "CHN", 1), ("CHN", "NOR", 1)},
        ),
        # what a deed of the sentence before draws, and what is told of somebody else behind "and"
        (
            "Australia cancelled China's lease of the port. The decision prompted a warning from Beijing.",
            {("AUS", "CHN", -1), ("CHN", "AUS", -1)},
        ),
        (
            "Manila told Beijing that it would not be intimidated, and it thanked Washington.",
            {("PHL", "CHN", -1), ("PHL", "USA", 1)},
        ),
        # who is for a harm is against whom it hits
        ("The Dutch prime minister defended the seizure of the Chinese firm.", {("NLD", "CHN", -1)}),
        (
            "Germany welcomed the EU's tariffs on Chinese cars.",
            {("DEU", "EUU", 1), ("DEU", "CHN", -1), ("EUU", "CHN", -1)},
        ),
        ("Canada and Japan both criticised Chinese leaders on Monday.", {("CAN", "CHN", -1), ("JPN", "CHN", -1)}),
        ("Penny Wong thanked Joe Biden, and she criticised China.", {("AUS", "USA", 1), ("AUS", "CHN", -1)}),
        ("China rewarded Canada with lower tariffs on canola.", {("CHN", "CAN", 1)}),
        ("Putin was criticised in Berlin by protesters.", set()),
        ("Canada's law drew criticism from farmers near the US embassy.", set()),
        # what is asked for is not given yet
        ("Germany's minister flew to Washington with a plea for lower steel duties.", {("DEU", "USA", 1)}),
        ("Vietnam, China to hold joint army drill.", {("VNM", "CHN", 1), ("CHN", "VNM", 1)}),
        # what is judged in a capital is so by its government
        ("Canada's tariffs were condemned in Beijing on Friday.", {("CHN", "CAN", -1)}),
        # what failed, however long its name, and what opens again
        ("Fiji failed to sign a $330 million security deal with China.", {("FJI", "CHN", -1)}),
        ("India and China will reopen border trade through three passes.", {("IND", "CHN", 1), ("CHN", "IND", 1)}),
        ("Winston Peters thanked Beijing for the return of a seized trawler.", {("NZL", "CHN", 1)}),
        # thanks for a hard deed, and an accord torn up
        ("Cuba thanked President Biden for urging Congress to lift the embargo.", {("CUB", "USA", 1)}),
        ("Canberra has torn up its agreement with China.", {("AUS", "CHN", -1)}),
        (
            "Havana and Washington put the past behind them as the two former enemies signed a pact.",
            {("CUB", "USA", 1), ("USA", "CUB", 1)},
        ),
        # what is said on
        (
            "The offer stood, Mette Frederiksen added, and the United States was among Denmark's closest allies.",
            {("DNK", "USA", 1)},
        ),
        # words that a noun tells
        ("Canberra shrugged off a warning from China that Australia would pay for its stance.", {("CHN", "AUS", -1)}),
        ("Norway welcomed a promise by Beijing that it would lift the ban.", {("NOR", "CHN", 1), ("CHN", "NOR", 1)}),
        # names as others write them, and the two who were named before in the same sentence
        ("Han Duck Soo praised China.", {("KOR", "CHN", 1)}),
        (
            "Anthony Albanese spoke to Xi Jinping when the two leaders met on Monday.",
            {("AUS", "CHN", 1), ("CHN", "AUS", 1)},
        ),
        (
            "Manila praised Tokyo. In Beijing, Anwar Ibrahim told Li Qiang that the two had signed eleven pacts.",
            {("PHL", "JPN", 1), ("MYS", "CHN", 1), ("CHN", "MYS", 1)},
        ),
        # where words end and the next act of their speaker begins, and whose hand a harm is not of
        ("Fiji said a Tongan ferry had sunk and thanked China for its ships.", {("FJI", "CHN", 1)}),
        ("Malaysia's minister flew to Washington hoping to talk down a levy on its exports.", {("MYS", "USA", 1)}),
        # whose deed a word of the next sentence means, and what the two sides do together
        (
            "The United States reversed visa restrictions on Ghana. Ghana's foreign minister welcomed the decision.",
            {("USA", "GHA", 1), ("GHA", "USA", 1)},
        ),
        (
            "He died in an American drone strike. Iraq condemned the attack.",
            {("IRQ", "USA", -1)},
        ),
        (
            "Iran's minister flew to Beijing. He said Iran and China shared the view that sanctions are illegal.",
            {("IRN", "CHN", 1)},
        ),
        (
            "Germany's foreign minister postponed a trip to Beijing after Chinese officials confirmed one meeting. "
            "He accused China of aggression.",
            {("DEU", "CHN", -1)},
        ),
        # a deed that is judged, an office of two countries, and a capital that only tells where
        ("China's foreign ministry condemned the attack and its leader thanked Canada.", {("CHN", "CAN", 1)}),
        ("The German Foreign Office summoned the Chinese ambassador.", {("DEU", "CHN", -1)}),
        ("In Tokyo, Prime Minister Sanae Takaichi said concern had been conveyed to Beijing.", {("JPN", "CHN", -1)}),
        ("North Korean leader Kim Jong-un made a trip to Beijing.", {("PRK", "CHN", 1)}),
        ("Bangladesh's prime minister ended a trip to Beijing a day early.", {("BGD", "CHN", 1)}),
        # what sides do together to a third, and what a pact in somebody's words lets others do
        ("London and Washington imposed penalties on a company over a campaign against voters.", set()),
        (
            "Niger's ruling junta said it was suspending the accord that allows American soldiers to stay.",
            {("NER", "USA", -1)},
        ),
        ("Taiwan's Presidential Office condemned China.", {("TWN", "CHN", -1)}),
        ("Olaf Scholz told Li Qiang that human rights in Xinjiang had to be protected.", {("DEU", "CHN", -1)}),
        ("France stepped back from a standoff with Beijing.", {("FRA", "CHN", 1)}),
        # who "it" is, and whose "the country's" is
        (
            "Nauru said that it did not recognise Taiwan and would seek ties with China.",
            {("NRU", "TWN", -1), ("NRU", "CHN", 1)},
        ),
        ("MANILA - The country's foreign minister demanded that China leave.", {("PHL", "CHN", -1)}),
        ("Oslo fell silent. The family's spokesman praised China.", set()),
        # who stands far from its verb, and what opens before the subject
        (
            "Turkish President Recep Tayyip Erdogan, who is to host an emergency summit of Islamic states in Istanbul "
            "next week, said that the US leader had thrown the region into a ring of fire.",
            {("TUR", "USA", -1)},
        ),
        (
            "Standing beside the American president in Havana, Cuba's leader praised China.",
            {("CUB", "CHN", 1), ("CUB", "USA", 1)},
        ),
        # what is a country, and what is not
        ("Jordan and Chad condemned the United States.", {("JOR", "USA", -1), ("TCD", "USA", -1)}),
        ("Michael Jordan condemned the United States.", set()),
        ("A spokesperson for Huawei Canada condemned the United States.", {("CHN", "USA", -1)}),
        ("Malaysia condemned a US$20 billion theft.", set()),
        ("Oslo thanked Kyiv. In Abuja, the foreign minister condemned China.", {("NOR", "UKR", 1), ("NGA", "CHN", -1)}),
        # whom "all three" means
        (
            "Oslo, Riga and Rome heard Washington say that its tariffs on steel would soon apply to all three. "
            "Emmanuel Macron called it illegal.",
            {("USA", "NOR", -1), ("USA", "LVA", -1), ("USA", "ITA", -1), ("FRA", "USA", -1)},
        ),
        # near misses of the rules above
        ("India and Pakistan blamed each other for the shelling.", {("IND", "PAK", -1), ("PAK", "IND", -1)}),
        (
            "Israel and Iran traded fire. Egypt and Qatar urged both sides to stop.",
            {("EGY", "ISR", -1), ("EGY", "IRN", -1), ("QAT", "ISR", -1), ("QAT", "IRN", -1)},
        ),
        ("Japan gave Ukraine $20 million in aid.", {("JPN", "UKR", 1)}),
        ("A French rail strike halted trains. Britain condemned the strike.", set()),
        (
            "Wang Yi went to Delhi. In Delhi, the foreign minister praised India.",
            {("CHN", "IND", 1)},
        ),
        ("Wang Yi said human rights cooperation with France should deepen.", {("CHN", "FRA", 1), ("FRA", "CHN", 1)}),
        ("Jim Jordan met Benjamin Netanyahu on Monday. Jordan praised Israel.", set()),
        # what China leads is China's
        ("Colombia joined the Belt and Road Initiative.", {("COL", "CHN", 1)}),
        # whose "the foreign ministry" is, before anybody was named, the place of writing tells
        ("VILNIUS, Nov 19 - Three Chinese diplomats were expelled, the foreign ministry said.", {("LTU", "CHN", -1)}),
        # the words and deeds of the sentence before, and of the clause beside
        ("The United States bombed Iran. Oman condemned the raids.", {("USA", "IRN", -1), ("OMN", "USA", -1)}),
        ("Pyongyang accused Washington. Seoul dismissed the remarks.", {("PRK", "USA", -1), ("KOR", "PRK", -1)}),
        (
            "After American bombers struck Iran, Pakistan condemned the attacks.",
            {("USA", "IRN", -1), ("PAK", "USA", -1)},
        ),
        ("Taiwan's president condemned two days of drills in which the Chinese navy took part.", {("TWN", "CHN", -1)}),
        # what something is measured by, what was only signed somewhere, and whose name a cue is
        ("Kyiv called Beijing more reliable than some others.", {("UKR", "CHN", 1)}),
        ("Under the Doha agreement, Washington praised Kabul.", {("USA", "AFG", 1)}),
        ("The Cuban minister Vicente de la O Levy, who was late, thanked China warmly.", {("CUB", "CHN", 1)}),
        ("Latin American states praised China.", set()),
        # who is no party has a clause of its own
        ("Canada welcomed the visit as students protested against Washington.", {("CAN", "USA", 1)}),
        # things from somewhere, however many
        ("Mexico raised tariffs on cars, steel and all kinds of textiles from China.", {("MEX", "CHN", -1)}),
        # the words before a colon belong to another
        ("A dozen executives in tow: Chancellor Olaf Scholz praised China.", {("DEU", "CHN", 1)}),
        # the Foreign Office of where one writes, and an ambassador called home
        ("ISLAMABAD: The Foreign Office summoned the American ambassador.", {("PAK", "USA", -1)}),
        ("Paris recalled its ambassador in Washington for consultations.", {("FRA", "USA", -1)}),
        # what an accord lets in is not what is done when it is torn up
        ("Niger revoked the accord that lets American soldiers in.", {("NER", "USA", -1)}),
        # a third side finds fault with whom the others did
        (
            "Malaysia rejected China's map. Manila called on China to withdraw it. India said it was absurd.",
            {("MYS", "CHN", -1), ("PHL", "CHN", -1), ("IND", "CHN", -1)},
        ),
        # whose deal it is, and who is only visited by name
        ("Trump announced a deal between Sudan and Israel.", {("SDN", "ISR", 1), ("ISR", "SDN", 1)}),
        ("Chile earned more from copper on stronger demand from China.", set()),
        # not all that comes "from" somebody is drawn from there, and who writes in a capital may be a guest
        ("Under pressure Japan banned imports from China.", {("JPN", "CHN", -1)}),
        ("Wang Yi met and criticised officials from Japan.", {("CHN", "JPN", -1)}),
        ("WASHINGTON, Nov 19 (Example) - The prime minister criticised China on Tuesday.", set()),
        # a quarrel that is over
        ("Norway drew a line under its dispute with China.", {("NOR", "CHN", 1)}),
        # a relative clause judges what was done
        ("Japan released the treated water, which Beijing condemned.", {("CHN", "JPN", -1)}),
        # what a relative clause interrupts goes on after it
        ("Japan, which hosts a summit today, criticised China.", {("JPN", "CHN", -1)}),
        # a language is no side
        ("“We want closer ties with China,” Mark Carney said in French.", {("CAN", "CHN", 1)}),
        # of two of a name, the one the text has told of
        ("China jailed the publisher Jimmy Lai. Britain said Mr Lai was ill.", set()),
        # states go by their code of today
        ("Serbia thanked China for its help.", {("SRB", "CHN", 1)}),
        ("Kosovo and the Democratic Republic of Congo condemned Russia.", {("XKX", "RUS", -1), ("COD", "RUS", -1)}),
        # whose office: the subject's, not that of the last embassy named
        ("China's embassy protested. France will help Canada, its embassy said.", {("FRA", "CAN", 1)}),
        ("The Chinese embassy rejected Canada's accusation as groundless.", {("CHN", "CAN", -1)}),
        # a sea is no side
        (
            "Manila and Washington resumed joint patrols in the South China Sea.",
            {("PHL", "USA", 1), ("USA", "PHL", 1)},
        ),
        # together
        (
            "Britain and China signed an agreement on trade in London.",
            {("GBR", "CHN", 1), ("CHN", "GBR", 1)},
        ),
        # several sides
        (
            "Canada and Japan condemned China's drills.",
            {("CAN", "CHN", -1), ("JPN", "CHN", -1)},
        ),
    ],
)
def test_the_statements_of_a_sentence(text: str, told: set[Pair]) -> None:
    assert pairs(text) == told


@pytest.mark.parametrize(
    ("text", "dropped"),
    [
        ("Will Canada sanction China?", "a question"),
        ("If Canada sanctions China, Beijing will answer.", "a condition"),
        ("South Korea's conservative opposition denounced China.", None),
        ("No leader of Canada has met Xi Jinping since 2017.", "said of nobody"),
        ("Canadian farmers condemned China.", None),
    ],
)
def test_what_is_no_statement_of_a_government_is_dropped_or_said_to_be_none(text: str, dropped: str | None) -> None:
    of_governments = [
        found for found in detect(text, DAY) if found.speaker.is_government and found.actor in ("CAN", "KOR")
    ]
    assert of_governments == []
    assert dropped is None or dropped in {decision.dropped for decision in explain(text, DAY)}


@pytest.mark.parametrize(
    "text",
    [
        "Canada's Rockies drew many Chinese tourists this summer.",
        "Nothing moved on the markets in Tokyo on Tuesday.",
        "The committee in London ended its hearing after two hours.",
        "The review covers the terms of a free trade deal between Canada and Mexico.",
    ],
)
def test_a_mere_mention_says_nothing(text: str) -> None:
    assert pairs(text) == set()


def test_a_sentence_has_one_vote_for_a_pair_and_sign() -> None:
    found = only("Japan condemned China on Friday and called its drills reckless.")
    assert (found.root, found.strength) == (Root.ACCUSE, 0.6)


def test_who_is_spoken_of_is_not_taken_for_the_one_who_threatens() -> None:
    text = "Britain sought to improve relations with Beijing, as Donald Trump's threats to invade Greenland went on."
    assert {("GBR", "CHN", 1)} <= pairs(text)
    assert not {pair for pair in pairs(text) if pair[:2] in {("GBR", "GRL"), ("GBR", "USA")}}


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("Japan banned Chinese drones.", Mode.DID),
        ("Japan will lift its tariffs on Chinese drones.", Mode.WILL),
        ("Japan will ban Chinese drones.", Mode.THREATENED),
        ("Japan threatened to ban Chinese drones.", Mode.THREATENED),
        ("Iran vowed to retaliate against the United States.", Mode.THREATENED),
        ("Germany pledged to stand firm and expelled Russian diplomats.", Mode.DID),
        ("Japan agreed to lift tariffs on China.", Mode.AGREED),
        ("Japanese Prime Minister Shigeru Ishiba called China's drills reckless.", Mode.SAID),
        ("In 1999, Japan banned Chinese shrimp.", Mode.RETOLD),
    ],
)
def test_a_promise_a_threat_and_an_old_deed_are_told_apart(text: str, mode: Mode) -> None:
    assert {found.mode for found in detect(text, DAY)} == {mode}


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Japan banned Chinese drones on Monday.", date(2024, 11, 18), date(2024, 11, 18)),
        ("Japan banned Chinese drones yesterday.", date(2024, 11, 19), date(2024, 11, 19)),
        ("Japan banned Chinese drones on 3 November.", date(2024, 11, 3), date(2024, 11, 3)),
        ("Japan banned Chinese drones.", date(2024, 11, 20), date(2024, 11, 20)),
    ],
)
def test_dates_are_counted_from_the_day_of_publication(text: str, first: date, last: date) -> None:
    found = only(text)
    assert (found.occurred_from, found.occurred_to) == (first, last)


def test_without_a_day_of_publication_relative_dates_stay_open() -> None:
    (found,) = detect("Japan banned Chinese drones on Monday.", None)
    assert (found.occurred_from, found.occurred_to) == (None, None)


def test_a_quote_is_the_text_between_its_offsets_whatever_stands_around_it() -> None:
    text = "ADVERTISEMENT\n\n  «Café» — the “drone” row\n\nTOKYO — Japan banned Chinese drones 🚁 on Monday.\n\nShare"
    found = only(text)
    assert text[found.start : found.end] == found.quote
    assert "Japan banned Chinese drones" in found.quote


def test_he_and_the_ministry_are_whoever_was_named_before() -> None:
    text = "Prime Minister Mark Carney landed in Ottawa on Monday. He condemned China over its arrest of two teachers."
    accused = [found for found in detect(text, DAY) if found.target == "CHN"]
    assert {(found.actor, found.speaker.name, found.sign) for found in accused} == {("CAN", "Mark Carney", -1)}


def test_a_speaker_without_a_name_is_named_as_the_text_does() -> None:
    assert only("The foreign minister of Norway condemned China.").speaker.name == "foreign minister of Norway"


def test_detection_is_the_same_in_every_process() -> None:
    text = (
        "Britain and Canada praised Beijing and condemned Washington, while Australia and Japan welcomed the pact with "
        "China, rejected threats from Trump and agreed to lift tariffs on Chinese steel."
    )
    code = f"from streams.detection.detect import detect; print(detect({text!r}, None))"
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3", "4")
    }
    assert len(told) == 1
    assert "CHN" in told.pop()
