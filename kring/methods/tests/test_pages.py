"""The library on screen: what a facilitator reads, chooses, prints and changes."""

import re
import zlib
from datetime import date

import pytest
from django.urls import reverse

from kring.base import scope
from kring.methods import actions, cards
from kring.methods.actions import copy_protocol
from kring.methods.models import OwnProtocol
from kring.methods.shelf import shipped
from kring.methods.tests.examples import form_data, gossip, review, shorter
from tests.cast import log_in

REVIEW = ["linde", "good_practice_intervisie", "good_practice_review"]


@pytest.fixture
def noor(client, linde):
    return log_in(client, linde.account("noor"))


@pytest.fixture
def sami(client, linde):
    return log_in(client, linde.account("sami"))


def text_of(answer):
    """What a reader reads: the page without its tags."""
    words = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", words.replace("&#x27;", "'").replace("&amp;", "&"))


def get(client, name, args, language="en", **query):
    answer = client.get(reverse(name, args=args), query, headers={"Accept-Language": language})
    assert answer.status_code == 200
    return answer


@pytest.fixture(autouse=True)
def _in_english(request, client):
    client.cookies["kring_language"] = "en"


def test_the_library_shows_every_talk_and_the_way_to_choose(noor):
    words = text_of(get(noor, "library", ["linde"]))
    for protocol in shipped().protocols:
        assert protocol.title.en in words
        assert protocol.purpose.en in words
    assert "Choose together" in words
    assert "Our own versions" not in words


def test_the_library_is_complete_in_dutch(noor):
    noor.cookies["kring_language"] = "nl"
    words = text_of(get(noor, "library", ["linde"], language="nl"))
    for protocol in shipped().protocols:
        assert protocol.title.nl in words


@pytest.mark.parametrize("count", [1, 3])
def test_the_library_runs_as_many_queries_with_more_copies(
    noor, linde, count, django_assert_max_num_queries
):
    for number in range(count):
        copy_protocol(linde.actor("sami"), review(), shorter(review(), minutes=number))
    get(noor, "library", ["linde"])  # the first visit fills caches
    with django_assert_max_num_queries(9):
        answer = get(noor, "library", ["linde"])
    assert text_of(answer).count("Ons gesprek") == count


def test_a_protocol_reads_as_a_facilitator_reads_it(noor):
    words = text_of(get(noor, "protocol", REVIEW))
    base = review()
    for phase in base.phases:
        assert phase.title.en in words
        for step in phase.steps:
            assert step.tip.en in words
            for prompt in step.prompts:
                assert prompt.text.en in words
    for listed in (base.use_when, base.not_when, base.never_record, base.prepare):
        assert all(text.en in words for text in listed)
    assert "contributor is parked and only listens, the others talk" in words
    assert "the circle sees it · gone when the meeting closes" in words
    assert "45 minutes (30 to 60)" in words
    assert "Only a facilitator or an administrator makes an own version." in words


def test_the_page_of_a_method_says_what_it_stands_for_and_where_it_comes_from(noor):
    for package in shipped().packages.values():
        words = text_of(get(noor, "method", ["linde", package.method.id]))
        assert all(one.text.en in words for one in package.method.principles)
        assert package.method.source.en in words
        assert package.method.licence in words
        assert all(card.title.en in words for card in package.cards)
        if package.trajectory:
            assert all(step.title.en in words for step in package.trajectory.steps)


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("method", ["linde", "no-such-method"]),
        ("protocol", ["linde", "herstelgericht", "good_practice_review"]),
        ("protocol_card", ["linde", "good_practice_intervisie", "nothing"]),
        ("loose_card", ["linde", "good_practice_intervisie", "nothing"]),
        ("chooser", ["linde", "herstelgericht", "method_chooser"]),
        ("own_protocol", ["linde", 999]),
    ],
)
def test_what_is_not_there_is_not_there(noor, name, args):
    assert noor.get(reverse(name, args=args)).status_code == 404


CHOOSER = ["linde", "good_practice_intervisie", "method_chooser"]


def ways(chooser):
    """Every way through a chooser, as answers."""
    going = [()]
    while going:
        said = going.pop()
        asked = chooser.walk(said).asked
        if asked is None:
            yield said
        else:
            going += [(*said, answer.id) for answer in asked.answers]


def test_the_chooser_asks_one_question_at_a_time_and_lets_you_go_back(noor):
    first = text_of(get(noor, "chooser", CHOOSER))
    assert "What do you bring?" in first
    assert "One question back" not in first
    second = get(noor, "chooser", CHOOSER, said="something_worked")
    assert "What do you want with it?" in text_of(second)
    assert "Something worked, small or large" in text_of(second)
    assert 'href="?said="' in second.content.decode()
    end = get(noor, "chooser", CHOOSER, said="something_worked.know_why")
    words = text_of(end)
    assert "Good practice review" in words
    assert "Why this fits" in words
    assert "This could fit too" in words
    assert 'href="?said=something_worked"' in end.content.decode()
    assert reverse("meetings:plan", args=["linde", "good_practice_review"]) in end.content.decode()


@pytest.mark.parametrize("said", ["nowhere", "something_worked.nowhere", "something_worked.know_why.x",
                                  ".".join(["about_me"] * 9)])  # fmt: skip
def test_an_answer_nobody_offered_is_not_there(noor, said):
    assert noor.get(reverse("chooser", args=CHOOSER), {"said": said}).status_code == 404


def test_every_way_through_the_chooser_ends_at_a_talk_in_two_to_five_questions(noor):
    chooser = shipped().package("good_practice_intervisie").choosers[0]
    ends = set()
    for said in ways(chooser):
        assert 2 <= len(said) <= 5, said
        answer = chooser.walk(said).said[-1][1]
        ends.add(answer.protocol.rpartition("/")[2])
        assert answer.also, said
    packages = {shipped().protocol(name).package for name in ends}
    assert packages == set(shipped().packages)
    for said in list(ways(chooser))[::7]:
        page = text_of(get(noor, "chooser", CHOOSER, said=".".join(said)))
        protocol = shipped().protocol(chooser.walk(said).said[-1][1].protocol.rpartition("/")[2])
        assert protocol.title.en in page


def test_the_chooser_says_for_what_the_reader_is_trained(noor, linde):
    said = "something_worked.know_why"
    actions.open_register(linde.actor("ali"), decided_on=date(2026, 1, 5), words="Verslag 3")
    for name in ("sami", "noor"):
        words = text_of(get(noor, "chooser", CHOOSER, said=said))
        assert "You are trained" not in words
        actions.record_trained(
            linde.actor("ali"), linde.people[name], method="good_practice_intervisie"
        )
        if name == "sami":
            words = text_of(get(noor, "chooser", CHOOSER, said=said))
            assert "Plan it together with: Sami" in words
    assert "You are trained" in text_of(get(noor, "chooser", CHOOSER, said=said))


def test_a_card_is_a_pdf_in_the_readers_language(noor):
    answer = get(noor, "protocol_card", REVIEW)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert answer.content == cards.pdf(review(), size="a6", language="en")
    large = get(noor, "protocol_card", REVIEW, size="a4").content
    assert large == cards.pdf(review(), size="a4", language="en")
    loose = get(noor, "loose_card", ["linde", "herstelgericht", "talking_piece"])
    assert loose.content.startswith(b"%PDF-")


def pages(content):
    """(width, height) in mm of each page of a PDF; its objects are packed in streams."""
    packed = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.S)
    words = content + b"".join(map(unpacked, packed))
    boxes = re.findall(rb"/MediaBox ?\[ ?0 0 ([\d.]+) ([\d.]+) ?\]", words)
    return [(round(float(w) / 72 * 25.4), round(float(h) / 72 * 25.4)) for w, h in boxes]


def unpacked(stream):
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("protocol", shipped().protocols, ids=lambda one: one.id)
def test_every_card_fits_on_front_and_back(protocol, language):
    assert pages(cards.pdf(protocol, size="a6", language=language)) == [(210, 148)]
    assert set(pages(cards.pdf(protocol, size="a4", language=language))) == {(210, 297)}


def test_every_loose_card_fits():
    for package in shipped().packages.values():
        for card in package.cards:
            assert pages(cards.loose_pdf(card, size="a6", language="nl")) == [(210, 148)]


FORMS = [
    (package.method.id, form)
    for package in shipped().packages.values()
    for form in package.agreements
]


@pytest.mark.parametrize(("method", "form"), FORMS, ids=[form.id for _, form in FORMS])
def test_every_form_fits_on_one_sheet_and_in_large_print_on_more(method, form):
    for language in ("nl", "en"):
        assert pages(cards.form_pdf(form, language=language)) == [(210, 297)]
    assert set(pages(cards.form_pdf(form, large=True))) == {(210, 297)}


def test_a_form_is_printed_from_the_page_of_its_method(noor):
    name = ["linde", "good_practice_intervisie", "group_contract"]
    page = get(noor, "method", name[:2]).content.decode()
    assert reverse("form_sheet", args=name) in page
    sheet = get(noor, "form_sheet", name)
    form = next(one for method, one in FORMS if (method, one.id) == tuple(name[1:]))
    assert sheet.content == cards.form_pdf(form, language="en")
    large = get(noor, "form_sheet", name, size="large")
    assert large.content == cards.form_pdf(form, large=True, language="en")
    assert noor.get(reverse("form_sheet", args=[*name[:2], "nothing"])).status_code == 404


def test_a_facilitator_makes_an_own_version_and_it_says_so(sami, linde):
    page = get(sami, "copy_protocol", REVIEW)
    assert "What is locked says why." in text_of(page)
    data = form_data(review(), **{"questions-minutes": 8, "name": "Kort gesprek"})
    answer = sami.post(reverse("copy_protocol", args=REVIEW), data)
    copy = OwnProtocol.objects.get()
    own = reverse("own_protocol", args=["linde", copy.pk])
    assert (answer.status_code, answer["Location"]) == (302, own)
    words = text_of(get(sami, "own_protocol", ["linde", copy.pk]))
    assert "‘Questions’ takes 8 minutes (was 12)." in words
    assert "Wij zijn klein." in words
    assert "Kort gesprek" in text_of(get(sami, "library", ["linde"]))
    assert b"%PDF-" in get(sami, "own_card", ["linde", copy.pk]).content
    assert copy.made_by == linde.people["sami"]


def test_sending_the_same_form_twice_makes_one_version(sami, linde):
    data = form_data(review(), **{"questions-minutes": 8})
    for _time in range(2):
        answer = sami.post(reverse("copy_protocol", args=REVIEW), data)
        assert answer.status_code == 302
    assert OwnProtocol.objects.count() == 1


def test_a_version_that_leaves_out_core_is_refused_and_nothing_typed_is_lost(sami, linde):
    args = ["linde", "good_practice_intervisie", "gossip_method"]
    data = form_data(gossip(), name="Zonder terug", **{"back-place": "1", "clarify-minutes": "9"})
    answer = sami.post(reverse("copy_protocol", args=args), data)
    words = answer.content.decode()
    assert answer.status_code == 422
    assert "Core phases keep their order among each other." in words
    assert 'value="Zonder terug"' in words
    assert re.search(r'name="clarify-minutes" value="9"', words)
    assert OwnProtocol.objects.count() == 0


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"reason": ""}, {"questions-minutes": "many"},
              {"questions-minutes": "999"}, {"questions-place": ""},
              {"questions-prompt.questions.0-en": ""}],
)  # fmt: skip
def test_wrong_input_is_told_beside_its_field(sami, linde, wrong):
    answer = sami.post(reverse("copy_protocol", args=REVIEW), form_data(review(), **wrong))
    assert (answer.status_code, OwnProtocol.objects.count()) == (422, 0)
    name = next(iter(wrong))
    assert f"id_{name}_error" in answer.content.decode()


def test_a_sent_drop_of_a_core_phase_is_ignored_because_it_has_no_such_field(sami, linde):
    data = form_data(review(), **{"park-keep": "", "questions-minutes": 8})
    assert sami.post(reverse("copy_protocol", args=REVIEW), data).status_code == 302
    assert [phase.id for phase in OwnProtocol.objects.get().read().phases] == [
        phase.id for phase in review().phases
    ]


def test_a_version_can_be_changed_withdrawn_and_offered_again(sami, linde):
    copy = copy_protocol(linde.actor("sami"), review(), shorter(review()))
    page = get(sami, "change_own", ["linde", copy.pk]).content.decode()
    assert re.search(r'name="questions-minutes" value="8"', page)
    data = form_data(review(), **{"questions-minutes": 9, "key": "k2"})
    answer = sami.post(reverse("change_own", args=["linde", copy.pk]), data)
    newest = OwnProtocol.objects.get(edition=2)
    assert answer["Location"] == reverse("own_protocol", args=["linde", newest.pk])
    answer = sami.post(reverse("withdraw_own", args=["linde", newest.pk]), follow=True)
    undo = reverse("restore_own", args=["linde", newest.pk])
    assert f'action="{undo}"' in answer.content.decode()
    assert "Ons gesprek" not in text_of(get(sami, "library", ["linde"]))
    sami.post(undo)
    assert "Ons gesprek" in text_of(get(sami, "library", ["linde"]))


def test_a_version_of_another_organisation_is_not_there(sami, cast):
    with scope.inside(cast.waterkant.organisation.pk):
        theirs = copy_protocol(
            cast.waterkant.actor("waterkant_begeleider"), review(), shorter(review())
        )
    for name in ("own_protocol", "own_card", "change_own"):
        assert sami.get(reverse(name, args=["linde", theirs.pk])).status_code == 404
    for name in ("change_own", "withdraw_own", "restore_own"):
        assert sami.post(reverse(name, args=["linde", theirs.pk])).status_code == 404


@pytest.mark.parametrize(
    ("moves", "order"),
    [
        ({"look_back-place": 4}, ["question", "clarify", "look_back", "gossip", "back"]),
        ({"clarify-place": 5}, ["question", "gossip", "back", "clarify", "look_back"]),
        ({"clarify-place": 99}, ["question", "gossip", "back", "look_back", "harvest"]),
        ({"clarify-keep": ""}, ["question", "gossip", "back", "look_back", "harvest"]),
    ],
)
def test_a_part_goes_to_the_place_that_was_typed(sami, linde, moves, order):
    args = ["linde", "good_practice_intervisie", "gossip_method"]
    answer = sami.post(reverse("copy_protocol", args=args), form_data(gossip(), **moves))
    assert answer.status_code == 302, text_of(answer)
    phases = [phase.id for phase in OwnProtocol.objects.get().read().phases]
    assert phases[0] == "open"
    assert phases[1:6] == order


def test_where_a_talk_comes_from_is_said_in_the_language_of_the_reader(client, noor):
    source = shipped().package(REVIEW[1]).method.source
    assert source.en in text_of(get(noor, "protocol", REVIEW))
    client.cookies["kring_language"] = "nl"
    words = text_of(get(noor, "protocol", REVIEW, "nl"))
    assert source.nl in words
    assert "ource document" not in words
