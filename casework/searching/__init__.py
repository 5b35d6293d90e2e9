"""Finding people by whatever somebody remembers of them, written as people write."""

from casework.searching.finding import Card, Found, card_of, nearest, search_cards, search_clients

__all__ = ["Card", "Found", "card_of", "nearest", "search_cards", "search_clients"]
