"""The way in and out: open to everybody, and no way around an invitation."""

from tests.support.matrix import Row, everyone

OPEN = Row(own=everyone(), anonymous=200)
FOR_STRANGERS = Row(own=everyone(302), anonymous=200)  # somebody who is in already is led to their own page

MATRIX = {
    "account_login": FOR_STRANGERS,
    "account_logout": Row(own=everyone()),
    "account_signup": FOR_STRANGERS,
    "account_inactive": OPEN,
    "account_email": Row(own=everyone(404)),  # an address is given with the invitation
    "account_email_verification_sent": OPEN,
    "account_confirm_email": Row(
        own=everyone(), anonymous=200, args=lambda _: {"key": "none"}, foreign=everyone()
    ),
    "account_confirm_login_code": Row(own=everyone(302)),
    "account_reauthenticate": Row(),  # nobody here has a password to give again
    "account_change_password": Row(own=everyone(302)),  # to setting one, for those who have none yet
    "account_set_password": Row(own=everyone()),
    "account_reset_password": OPEN,
    "account_reset_password_done": OPEN,
    "account_reset_password_from_key": Row(
        own=everyone(), anonymous=200, args=lambda _: {"uidb36": "0", "key": "none"}, foreign=everyone()
    ),
    "account_reset_password_from_key_done": OPEN,
}
