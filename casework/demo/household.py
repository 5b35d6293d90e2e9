"""The demo's household: a mother in the social worker's charge, and her child with a restricted file of its own."""

from datetime import timedelta

from accounts.demo import demo_email
from accounts.models import User
from accounts.roles import Role
from casework.models import Client, RelatedPerson
from casework.registering import NewClient, write_clients
from common import demo
from common.demo import Demo

AGE = timedelta(days=9 * 365)


def write(d: Demo) -> None:
    """One child, seen from both files."""
    worker = User.objects.get(email=demo_email(Role.SOCIAL_WORKER))
    mine = Client.objects.filter(episodes__worker=worker, episodes__closed_on__isnull=True, restricted=False)
    mother = mine.exclude(last_name="").select_related("centre").order_by("sex", "pk").first()
    if mother is None:
        return
    child = NewClient(
        title="เด็กหญิง",
        first_name="ฟ้าใส",
        last_name=mother.last_name,
        nickname="ฟ้า",
        sex=Client.Sex.FEMALE,
        born_on=d.today - AGE,
        found_place=mother.found_place,
        sleeping_place=mother.sleeping_place,
        channel="outreach",
        noticed_on=d.today - timedelta(days=6),
        restricted=True,
        worker_id=worker.pk,
    )
    (key,) = write_clients(actor=d.actor, centre=mother.centre, new=[child], synthetic=True)
    RelatedPerson.objects.create(
        client_id=key,
        relation=RelatedPerson.Relation.PARENT,
        name=mother.main_name,
        guardianship=RelatedPerson.Guardianship.PARENTAL,
        phone=mother.phone,
        may_contact=True,
        lives_with=True,
        other_client=mother,
    )


demo.add(demo.Part("casework.household", write), order=35)
