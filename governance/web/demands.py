"""Demands: the list, one demand with all that happened, and the acts on its way."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from common import clock
from governance import forum_reading
from governance.actions.demands import NewDemand, answer_demand, make_demand, note_step, tell_back
from governance.models import Answer, Demand, Voice
from governance.permissions import can_write_demand
from governance.refusals import refuse
from governance.web.forum_acting import (
    act_page,
    demand_url,
    forum_url,
    own_demand,
    own_forum,
    require_reader,
    seen_demand,
)
from governance.web.forum_forms import AnswerForm, DemandForm, StepForm, TellForm

PAGE = 20
SHOW = {
    "": gettext_lazy("All"),
    "late": gettext_lazy("Overdue"),
    "open": gettext_lazy("Waits for an answer"),
    "answered": gettext_lazy("Not told back yet"),
    "told": gettext_lazy("Told back"),
}


@require_GET
def demands(request: HttpRequest) -> HttpResponse:
    """Demands the actor may read, those due first on top."""
    require_reader(request)
    chosen = request.GET.get("show", "") if request.GET.get("show", "") in SHOW else ""
    today = clock.today()
    found = Demand.objects.visible_to(request.actor)
    narrowed = forum_reading.narrowed(found, chosen, today)
    page = Paginator(narrowed.order_by("due_on", "pk"), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": forum_reading.demand_rows(page.object_list, today, with_forum=True),
        "show": chosen,
        "tabs": [
            {
                "label": label,
                "url": f"?show={code}" if code else "?",
                "current": code == chosen,
                "count": forum_reading.narrowed(found, code, today).count()
                if code not in {"", "told"}
                else 0,
            }
            for code, label in SHOW.items()
        ],
    }
    return render(request, "governance/forums/demands.html", context)


@require_GET
def demand(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One demand: who asked, who is to answer, and everything that happened."""
    found = seen_demand(request, uid)
    answers = list(Answer.objects.standing().filter(demand=found).order_by("answered_on", "pk"))
    may_write = can_write_demand(request.actor, found) and found.state != Demand.State.WITHDRAWN
    context = {
        "demand": found,
        "forum": found.forum,
        "row": forum_reading.demand_rows([found], clock.today())[0],
        "voices": forum_reading.voices_of(found),
        "timeline": forum_reading.timeline(found),
        "answers": answers,
        "may_write": may_write,
        "may_tell": may_write and bool(answers),
        "to_tell": found.state == Demand.State.ANSWERED,
    }
    return render(request, "governance/forums/demand.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Draw a demand from voices of a forum."""
    forum = own_forum(request, uid)
    voices = Voice.objects.standing().filter(forum=forum).order_by("pk")
    chosen = [voice for voice in voices if str(voice.uid) in request.GET.getlist("voice")]
    form = DemandForm(
        request.POST or None,
        voices=voices,
        centre_id=forum.centre_id,
        initial={"voices": [voice.uid for voice in chosen]},
    )

    def act(values: dict[str, Any]) -> Demand:
        keeper = values.pop("keeper")
        picked = [voice.uid for voice in values.pop("voices")]
        wanted = NewDemand(**values, voices=picked, keeper_id=keeper.pk if keeper else None)
        return make_demand(actor=request.actor, forum_id=forum.pk, new=wanted)

    return act_page(
        request,
        form,
        act=act,
        title=_("Make a demand"),
        submit=_("Save the demand"),
        about=forum.title,
        back=forum_url(forum),
        done=_("The demand is saved."),
        then=demand_url,
        lead="" if voices else _("Write down voices first: a demand is drawn from what was said."),
    )


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Keep what was answered."""
    found = own_demand(request, uid)
    form = AnswerForm(request.POST or None)
    return _about(
        request,
        found,
        form,
        act=lambda values: answer_demand(actor=request.actor, demand_id=found.pk, answered=form.answered),
        title=_("Record the answer"),
        done=_("The answer is saved. Those who asked are still to be told."),
    )


@require_http_methods(["GET", "POST"])
def correct_answer(request: HttpRequest, uid: UUID, pk: int) -> HttpResponse:
    """Put an answer right that was written down wrongly."""
    found = own_demand(request, uid)
    before = get_object_or_404(Answer, demand=found, pk=pk)
    if Answer.objects.filter(corrects=before).exists():
        refuse("corrected_already")
    initial = {"outcome": before.outcome, "text": before.text, "answered_on": before.answered_on}
    form = AnswerForm(request.POST or None, initial=initial)
    return _about(
        request,
        found,
        form,
        act=lambda values: answer_demand(
            actor=request.actor, demand_id=found.pk, answered=form.answered, corrects_id=pk
        ),
        title=_("Correct the answer"),
        submit=_("Save the correction"),
        done=_("The answer is corrected; the earlier one is kept."),
    )


@require_http_methods(["GET", "POST"])
def tell(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Record that those who asked were told."""
    found = own_demand(request, uid)
    form = TellForm(request.POST or None)
    return _about(
        request,
        found,
        form,
        act=lambda values: tell_back(actor=request.actor, demand_id=found.pk, told=form.told),
        title=_("Record that people were told"),
        done=_("It is recorded that people were told."),
    )


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Record a step on the way."""
    found = own_demand(request, uid)
    return _about(
        request,
        found,
        StepForm(request.POST or None),
        act=lambda values: note_step(actor=request.actor, demand_id=found.pk, **values),
        title=_("Record a step"),
        done=_("The step is recorded."),
    )


def _about(request: HttpRequest, found: Demand, form: Any, **more: Any) -> HttpResponse:
    return act_page(
        request, form, about=found.forum.title, back=demand_url(found), **{"lead": found.text, **more}
    )
