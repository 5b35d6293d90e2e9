"""Forms of rent rooms: shapes only, the rules stand in the actions."""
