"""What Django forgives fails here: the fixtures that say so are themselves held to it."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Engine, Origin, Template

from accounts.models import Membership, User
from casework.models import Client, Person
from tests.support import factories as make
from tests.support.client import Client as Browser
from tests.support.client import find_form
from tests.support.strictness import PROJECT, SloppyTemplate


def render(source: str, folder: str = "templates", **context: object) -> str:
    origin = Origin(str(PROJECT / folder / "page.html"))
    return Template(source, origin, engine=Engine(builtins=[])).render(Context(context))


@pytest.mark.parametrize(
    "source",
    ["{{ missing }}", "{{ person.missing }}", "{{ missing|upper }}", "{% for x in missing %}{% endfor %}"],
)
def test_a_template_may_not_use_what_is_not_there(source: str) -> None:
    with pytest.raises(SloppyTemplate):
        render(source, person={})


def test_a_template_may_not_print_none() -> None:
    with pytest.raises(SloppyTemplate, match="prints None"):
        render("{{ value }}", value=None)


@pytest.mark.parametrize("source", ["{% if missing %}x{% endif %}", "{{ missing|default:'' }}"])
def test_a_template_may_ask_whether_something_is_there(source: str) -> None:
    assert render(source) == ""


def test_somebody_elses_template_is_left_alone() -> None:
    assert render("{{ missing }}", folder=".venv/lib") == ""


@pytest.mark.django_db
def test_a_slice_needs_an_order() -> None:
    with pytest.raises(AssertionError, match="unordered"):
        Person.objects.all()[:3]
    assert list(Person.objects.order_by("pk")[:3]) == []


@pytest.mark.django_db
def test_a_buddhist_year_is_never_saved() -> None:
    with pytest.raises(AssertionError, match="Buddhist"):
        Membership.objects.bulk_create([Membership(user=make.user(), starts_on=date(2569, 1, 1))])


@pytest.mark.django_db
def test_a_buddhist_year_is_never_put_in_by_an_update() -> None:
    someone = make.client()
    with pytest.raises(AssertionError, match="Buddhist"):
        Client.objects.filter(pk=someone.pk).update(born_on=date(2530, 1, 1))


@pytest.mark.django_db
def test_a_moment_is_never_cut_down_to_a_date() -> None:
    with pytest.raises(AssertionError, match="silently"):
        make.client(born_on=datetime(1987, 1, 1, tzinfo=UTC))


@pytest.mark.django_db
def test_a_naive_moment_fails() -> None:
    with pytest.raises(RuntimeWarning, match="naive"):
        User.objects.filter(pk=1).update(joined_at=datetime(2026, 1, 1))


@pytest.mark.django_db
def test_the_client_is_refused_without_a_csrf_token(client: Browser) -> None:
    refused = client.post("/language/", {"language": "en"}, csrf=False)
    assert refused.status_code == 403
    assert client.post("/language/", {"language": "en"}).status_code == 302


def test_a_form_is_sent_as_it_stands() -> None:
    html = """<form id="f" method="post"><input name="a" value="1"><input type="checkbox" name="b" value="x">
        <input type="checkbox" name="c" checked>
        <select name="d"><option value="p">P<option value="q" selected>Q</select>
        <textarea name="e">\nline</textarea><input name="off" disabled><button name="go" value="1"></button></form>
        <input name="out" value="2" form="f">"""
    form = find_form(html, "form")
    assert form.data({"a": "typed"}) == {"a": "typed", "c": ["on"], "d": ["q"], "e": ["line"], "out": ["2"]}
    assert form.data({}, "button")["go"] == "1"
    with pytest.raises(AssertionError, match="no field named z"):
        form.data({"z": "1"})
