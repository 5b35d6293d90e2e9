"""What casework tells higher apps, inside the transaction in which it happens; receivers call one action.

Every signal is sent with sender=the model's class and `actor`.

| signal             | besides                                  |
|--------------------|------------------------------------------|
| episode_opened     | episode                                  |
| episode_closed     | episode                                  |
| follow_up_recorded | follow_up, result (the row that now holds; for a correction the new one) |
| person_changed     | client_ids, person_id: whose these records are now (sender=Client) |

What is constrained on the person follows `person_changed`; an IntegrityError there refuses the link.
A register brought in writes thousands of episodes at once and sends none of these.
"""

from django.dispatch import Signal

episode_opened = Signal()
episode_closed = Signal()
follow_up_recorded = Signal()
person_changed = Signal()
