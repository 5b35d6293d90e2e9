"""People, roles, tokens, the way in."""

from functools import cached_property
from typing import Any

from accounts.models import ApiToken, Membership
from accounts.tokens import new_token
from tests.support import factories as make
from tests.support.matrix import LEADS, Place, Row, allow, everyone


class Office(Place):
    """A centre with a colleague."""

    @cached_property
    def membership(self) -> Membership:
        return self.worker.memberships.get()

    @cached_property
    def token(self) -> ApiToken:
        return new_token(make.user(at=self.code), name="t", days=1, scopes=["read"])[0]


def uid(place: Any) -> dict[str, Any]:
    return {"uid": place.worker.uid}


READERS = allow("administrator", "auditor", *LEADS)
COUNTRYWIDE_READERS = allow("administrator", "auditor")
SEEN_NOT_ALLOWED = allow("auditor", status=403)

MATRIX = {
    "accounts:home": Row(own=everyone(302) | allow("carer")),
    "accounts:language": Row(
        own=everyone(302), anonymous=302, method="post", data={"language": "en", "next": "/"}
    ),
    "accounts:demo_sign_in": Row(
        others=404, anonymous=404, method="post", data={"email": "nobody@demo.example"}
    ),
    "accounts:accept": Row(
        others=404, others_foreign=404, anonymous=404, args=lambda place: {"key": "unknown"}
    ),
    "accounts:profile": (
        Row(own=everyone()),
        Row(own=everyone(302), method="post", data={"name": "ก", "language": "th"}),
    ),
    "accounts:tokens": (
        Row(own=everyone()),
        Row(own=everyone(), method="post", data={"name": "ก", "days": "1", "scopes": ["read"]}),
    ),
    # Everybody ends their own tokens only; administrators anybody's.
    "accounts:token_revoke": Row(
        own=allow("administrator", status=302),
        foreign=allow("administrator", status=302),
        others=404,
        method="post",
        args=lambda place: {"pk": place.token.pk},
        place=Office,
    ),
    "accounts:people": Row(own=READERS),
    "accounts:invite": (
        Row(own=allow("administrator")),
        Row(
            own=allow("administrator", status=302),
            method="post",
            data={"email": "new@test.example", "name": "ก", "role": "auditor"},
        ),
    ),
    "accounts:person": Row(
        own=READERS,
        foreign=COUNTRYWIDE_READERS | allow(*LEADS, status=404),
        others_foreign=403,
        args=uid,
    ),
    "accounts:give_role": Row(
        own=allow("administrator"),
        foreign=allow("administrator") | allow(*LEADS, status=404),
        others_foreign=403,
        args=uid,
    ),
    "accounts:account": Row(
        own=allow("administrator"),
        foreign=allow("administrator") | allow(*LEADS, status=404),
        others_foreign=403,
        args=uid,
    ),
    "accounts:end_role": Row(
        own=allow("administrator") | allow("auditor", *LEADS, status=403),
        others=404,
        foreign=allow("administrator") | SEEN_NOT_ALLOWED,
        args=lambda place: {"pk": place.membership.pk},
        place=Office,
    ),
}
