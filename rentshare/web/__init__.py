"""Pages of rent rooms: each only translates between a form or a list and the actions and readings below."""
