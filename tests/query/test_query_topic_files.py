"""Laws of the topic files and the gazetteer as data: only tomllib reads them here."""

import re
import tomllib
from pathlib import Path

import pytest

QUERY = Path(__file__).parents[2] / "query"
LANGUAGES = {"id", "ms", "en", "zh", "vi", "th", "km", "lo", "my", "fil"}
TIERS = {
    1: ["caih", "caih_co", "caih_forum"],
    2: [
        "ca_ai_center",
        "ca_cyber_forum",
        "ca_digital_forum",
        "ca_digital_year",
        "cabis",
        "caexpo",
        "cci",
        "dsr",
        "gx_digital",
        "ilstc",
    ],
    3: [
        "acfta",
        "acfta3",
        "beibu",
        "beidou_asean",
        "bri",
        "ca_tech_transfer",
        "cable",
        "cbiz",
        "china_laos_rail",
        "cicpec",
        "cmec",
        "ecrl",
        "jb_hsr",
        "lmc",
        "msr",
        "pan_asia_rail",
        "pinglu",
        "twin_parks",
    ],
    4: ["adm2025", "defa", "rcep", "silk_ecom", "wic"],
}
RELATIONS = {1: {"core"}, 2: {"direct"}, 3: {"related"}, 4: {"context"}}
#: for these the subject gives names in fewer languages than the law asks
LEAST = {"cci": 6, "cicpec": 5}
#: brackets that belong to the name as it is printed
PRINTED = {"(AI)", "(ASEAN)", "(Chongqing)", "(重庆)"}

TOPICS = {
    path.stem: tomllib.loads(path.read_text("utf-8")) for path in (QUERY / "topics").glob("*.toml")
}
GAZETTEER = {
    path.stem: tomllib.loads(path.read_text("utf-8"))["names"]
    for path in (QUERY / "names").glob("*.toml")
}
ENTRIES = [entry for entries in GAZETTEER.values() for entry in entries]

every_topic = pytest.mark.parametrize("topic", TOPICS.values(), ids=TOPICS)
every_entry = pytest.mark.parametrize("entry", ENTRIES, ids=[entry["id"] for entry in ENTRIES])


def groups(topic):
    return topic.get("ambiguous", [])


def names(topic):
    """Every name of a topic, as often as it is written."""
    sure = [name for forms in topic["sure"].values() for name in forms]
    return sure + [name for group in groups(topic) for name in group["names"]]


def forms(entry):
    """Every form of a gazetteer entry, as often as it is written."""
    return [
        *entry.get("any", []),
        *(form for found in entry.get("forms", {}).values() for form in found),
    ]


def languages(topic):
    return set(topic["sure"]) | {code for group in groups(topic) for code in group["languages"]}


def holds(text, part):
    """A text holds a part: Latin letters on word edges, other scripts anywhere."""
    text, part = text.casefold().replace("-", " "), part.casefold().replace("-", " ")
    if re.search("[a-z]", part):
        return re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text) is not None
    return part in text


def plain(name):
    return name.removeprefix("=").removesuffix("*")


def test_every_initiative_has_its_file():
    """The 36 initiatives of the subject have a file each, and there is no other."""
    assert sorted(TOPICS) == sorted(topic for tier in TIERS.values() for topic in tier)
    assert len(TOPICS) == 36


@pytest.mark.parametrize("name", TOPICS)
def test_a_file_is_named_by_its_topic(name):
    """The id of a topic is the name of its file."""
    assert TOPICS[name]["id"] == name


@pytest.mark.parametrize("tier", TIERS)
def test_tiers_and_relations_agree(tier):
    """A topic's tier is the one given by the people of the subject, and its relation follows."""
    for name in TIERS[tier]:
        assert TOPICS[name]["tier"] == tier
        assert TOPICS[name]["relation"] in RELATIONS[tier]


@every_topic
def test_a_file_has_no_unknown_key(topic):
    """A topic file holds only the keys that a topic file may hold."""
    assert set(topic) <= {
        "id",
        "title",
        "tier",
        "relation",
        "definition",
        "titles",
        "definitions",
        "includes",
        "sure",
        "ambiguous",
        "words",
        "facets",
    }
    for group in groups(topic):
        assert set(group) <= {
            "names",
            "languages",
            "near",
            "accept",
            "also",
            "also_near",
            "reject",
            "note",
        }


@every_topic
def test_a_name_stands_once_in_its_file(topic):
    """No name stands twice among the sure ones or in a group, whatever its case.

    Only one in exact case differs by it; words in braces differ by language.
    Two groups share a name only where they ask for other company.
    """
    sure = [(name, code * ("{" in name)) for code, some in topic["sure"].items() for name in some]
    companies = {}
    for group in groups(topic):
        names = [(name, " ".join(group["languages"]) * ("{" in name)) for name in group["names"]]
        for name in names:
            company = (group.get("near"), *group["accept"])
            assert company not in companies.setdefault(name, [])
            companies[name].append(company)
        written = [
            (name if name.startswith("=") else name.casefold(), of) for name, of in (*sure, *names)
        ]
        assert sorted(written) == sorted(set(written))


@every_topic
def test_names_are_clean(topic):
    """A name is not empty, has no spaces at its ends, no quotes, and no note in brackets."""
    for name in names(topic):
        assert name
        assert name == " ".join(name.split())
        assert not re.search('[“”„«»「」『』"\u200b-\u200d\u2060\ufeff]', name)
        assert set(re.findall(r"[(（][^)）]*[)）]", name)) <= PRINTED
        assert name.count("(") == name.count(")")


@every_topic
def test_an_ambiguous_name_needs_company(topic):
    """Every ambiguous group has names, languages and words that accept; near 0 is side by side."""
    for group in groups(topic):
        assert group["names"]
        assert group["accept"]
        assert group["languages"]
        assert set(group["languages"]) <= LANGUAGES | {"ja", "de", "it"}
        assert group.get("near", 1) >= 0
        assert "also" in group or "also_near" not in group


@every_topic
def test_a_name_is_not_its_own_company(topic):
    """No accept word and no reject word stands inside a name of its group: it would decide alone."""
    for group in groups(topic):
        for name in group["names"]:
            for word in [*group["accept"], *group.get("reject", [])]:
                assert not holds(plain(name), word), (name, word)


@every_topic
def test_a_word_does_not_both_accept_and_reject(topic):
    """Accept words and reject words of a group are different words, each written once."""
    for group in groups(topic):
        parts = [*group["accept"], *group.get("also", []), *group.get("reject", [])]
        words = [word if word.startswith("=") else word.casefold() for word in parts]
        assert sorted(words) == sorted(set(words))


def test_includes_name_topics_without_a_circle():
    """Topics include only topics that exist, and never themselves by any way round."""
    included = {name: topic.get("includes", []) for name, topic in TOPICS.items()}

    def below(name, above=()):
        assert name not in above
        for other in included[name]:
            below(other, (*above, name))

    for name in included:
        below(name)


def test_the_core_is_named_in_ten_languages():
    """The topics of the first tier have names in all ten languages, each of them."""
    for name in TIERS[1]:
        assert languages(TOPICS[name]) >= LANGUAGES, name


@every_topic
def test_a_topic_is_named_in_several_languages(topic):
    """Every topic has sure names in English and Chinese, and names in six of the ten or more.

    What a subscriber gets by default, tiers 1 and 2, is named in all ten.
    """
    assert set(topic["sure"]) >= {"en", "zh"}
    assert len(languages(topic) & LANGUAGES) >= LEAST.get(
        topic["id"], 10 if topic["tier"] < 3 else 6
    )


def test_the_harbor_has_five_sides_named_in_ten_languages():
    """The five platforms of the harbor are its facets, each named in all ten languages, once."""
    facets = TOPICS["caih"]["facets"]
    assert set(facets) == {"network", "technology", "trade", "information", "people"}
    for facet in facets.values():
        assert facet["title"]
        assert set(facet["names"]) == LANGUAGES
        written = [plain(name).casefold() for found in facet["names"].values() for name in found]
        assert len(written) >= len(set(written)) >= len(LANGUAGES)


def test_part_of_the_road_is_not_the_road():
    """The road's topic includes no other: what is part of it is tagged by its own name."""
    assert not TOPICS["bri"].get("includes")


def test_the_other_information_port_is_no_name_of_the_harbor():
    """No sure name of the harbor stands in CEC Beibu Gulf Information Port, in English or Chinese."""
    for name in TIERS[1]:
        for port in ("CEC Beibu Gulf Information Port", "中电北部湾信息港"):
            sure = [n for found in TOPICS[name]["sure"].values() for n in found]
            assert not [n for n in sure if holds(port, n)]


def test_gazetteer_ids_are_unique():
    """No two entries of the gazetteer have one id."""
    ids = [entry["id"] for entry in ENTRIES]
    assert sorted(ids) == sorted(set(ids))


@every_entry
def test_a_gazetteer_entry_is_whole(entry):
    """An entry has a title, a kind and forms; each form stands once, without a note in brackets."""
    assert set(entry) <= {"id", "title", "kind", "any", "reject", "forms"}
    assert entry["title"]
    assert entry["kind"]
    written = [form.casefold() for form in forms(entry)]
    assert written
    assert sorted(written) == sorted(set(written))
    assert not [form for form in written if re.search("[()（）]", form)]


@every_entry
def test_a_gazetteer_form_is_found_in_what_rejects_it(entry):
    """A reject phrase holds a form of its entry: else it could never reject anything."""
    for phrase in entry.get("reject", []):
        assert [form for form in forms(entry) if holds(phrase, form)], phrase


@pytest.mark.parametrize("place", ["china", "asean", "laos", "thailand", "vietnam", "indonesia"])
def test_countries_have_names_in_every_script(place):
    """A country of the subject is named in all ten languages, Latin ones sharing a form."""
    entry = next(e for e in GAZETTEER["places"] if e["id"] == place)
    assert entry["any"]
    assert set(entry["forms"]) >= {"zh", "th", "lo", "km", "my"}


def test_a_form_belongs_to_one_place():
    """No form names two places or two organisations."""
    owners = {}
    for entry in ENTRIES:
        for form in forms(entry):
            assert owners.setdefault(form.casefold(), entry["id"]) == entry["id"]
