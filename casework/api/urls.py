"""Addresses of casework's API."""

from rest_framework.routers import SimpleRouter

from casework.api import (
    assessments,
    caseload,
    consents,
    documents,
    household,
    identity,
    plans,
    referrals,
    relief,
    safety,
    stays,
    views,
)

router = SimpleRouter(use_regex_path=False)
router.register("clients", views.Clients, basename="client")
router.register("cards", views.Cards, basename="card")
router.register("episodes", views.Episodes, basename="episode")
router.register("follow-ups", views.FollowUps, basename="follow-up")
router.register("assessments", assessments.Assessments, basename="assessment")
router.register("goals", assessments.Goals, basename="goal")
router.register("goals/<uuid:goal_uid>/tasks", plans.GoalTasks, basename="goal-task")
router.register("plans", plans.Plans, basename="plan")
router.register("cases", caseload.Cases, basename="case")
router.register("consents", consents.Consents, basename="consent")
router.register("documents", documents.Documents, basename="document")
router.register("related-people", household.RelatedPeople, basename="related-person")
router.register("links", identity.Links, basename="link")
router.register("warnings", safety.Warnings, basename="warning")
router.register("beds", stays.Beds, basename="bed")
router.register("stays", stays.Stays, basename="stay")
router.register("referrals", referrals.Referrals, basename="referral")
router.register("relief-grants", relief.ReliefGrants, basename="relief-grant")
urlpatterns = router.urls
