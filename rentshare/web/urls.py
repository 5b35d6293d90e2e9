"""Addresses of rent rooms."""

from django.urls import path

from rentshare.web import (
    bank_accounts,
    books,
    home,
    in_file,
    payments,
    payouts,
    payouts_settled,
    plans,
    rooms,
    runs,
    schemes,
    signing,
    statements,
    tenancies,
)

app_name = "rentshare"

ONE = "tenancies/<uuid:uid>/"

MONTH = "runs/<str:centre>/<str:month>/"

urlpatterns = [
    path("", home.home, name="home"),
    path("runs/", runs.runs, name="runs"),
    path(MONTH, runs.run, name="run"),
    path(f"{MONTH}charge/", runs.charge, name="charge"),
    path(f"{MONTH}close/", runs.close, name="close"),
    path("balance/", books.balance, name="balance"),
    path("balance/xlsx/", books.balance_xlsx, name="balance_xlsx"),
    path("balance/<slug:kind>/", books.entries, name="entries"),
    path("missed/", plans.missed, name="missed"),
    path("payouts/", payouts.payouts, name="payouts"),
    path("payouts/collect/<str:centre>/", payouts.collect, name="payout_collect"),
    path("payouts/<uuid:uid>/", payouts.payout, name="payout"),
    path("payouts/<uuid:uid>/file/", payouts_settled.bank_csv, name="payout_file"),
    path("payouts/<uuid:uid>/approve/", payouts.approve, name="payout_approve"),
    path("payouts/<uuid:uid>/drop/", payouts.drop, name="payout_drop"),
    path("payouts/<uuid:uid>/settle/", payouts_settled.settle, name="payout_settle"),
    path("payouts/<uuid:uid>/rows/<int:number>/reject/", payouts_settled.reject, name="payout_reject"),
    path("landlords/<uuid:uid>/account/", bank_accounts.propose, name="landlord_account"),
    path("accounts/<uuid:uid>/confirm/", bank_accounts.confirm, name="account_confirm"),
    path("tenancies/", tenancies.tenancies, name="tenancies"),
    path(ONE, tenancies.tenancy, name="tenancy"),
    path(f"{ONE}end/", tenancies.end, name="end"),
    path(f"{ONE}plan/", plans.plan, name="plan"),
    path(f"{ONE}plan/end/", plans.plan_end, name="plan_end"),
    path(f"{ONE}payment/", payments.payment, name="payment"),
    path(f"{ONE}statement/", statements.statement, name="statement"),
    path(f"{ONE}statement/pdf/", statements.statement_pdf, name="statement_pdf"),
    path(f"{ONE}statement/xlsx/", statements.statement_xlsx, name="statement_xlsx"),
    path(f"{ONE}rent/<str:month>/reverse/", payments.rent_reverse, name="rent_reverse"),
    path("receipts/<uuid:uid>/", payments.receipt, name="receipt"),
    path("receipts/<uuid:uid>/pdf/", payments.receipt_pdf, name="receipt_pdf"),
    path("receipts/<uuid:uid>/reverse/", payments.receipt_reverse, name="receipt_reverse"),
    path("people/<uuid:uid>/", in_file.client_tab, name="client_tab"),
    path("people/<uuid:uid>/sign/", signing.sign, name="sign"),
    path("rooms/", rooms.rooms, name="rooms"),
    path("rooms/new/", rooms.room_new, name="room_new"),
    path("rooms/<uuid:uid>/", rooms.room, name="room"),
    path("rooms/<uuid:uid>/lease/", rooms.lease_new, name="lease_new"),
    path("houses/new/", rooms.property_new, name="property_new"),
    path("landlords/new/", rooms.landlord_new, name="landlord_new"),
    path("leases/<uuid:uid>/end/", rooms.lease_end, name="lease_end"),
    path("schemes/", schemes.schemes, name="schemes"),
    path("schemes/new/", schemes.scheme_new, name="scheme_new"),
    path("schemes/<uuid:uid>/new/", schemes.version_new, name="version_new"),
]
