"""Addresses of people's pages."""

from django.urls import path

from accounts.web import demo, entrance, people, profile

app_name = "accounts"
urlpatterns = [
    path("", entrance.home, name="home"),
    path("language/", entrance.language, name="language"),
    path("demo/sign-in/", demo.sign_in, name="demo_sign_in"),
    path("invitation/<str:key>/", entrance.accept, name="accept"),
    path("me/", profile.profile, name="profile"),
    path("me/tokens/", profile.tokens, name="tokens"),
    path("me/tokens/<int:pk>/revoke/", profile.revoke, name="token_revoke"),
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite, name="invite"),
    path("people/<uuid:uid>/", people.person, name="person"),
    path("people/<uuid:uid>/role/", people.give_role, name="give_role"),
    path("people/<uuid:uid>/account/", people.account, name="account"),
    path("people/role/<int:pk>/end/", people.end_role, name="end_role"),
]
