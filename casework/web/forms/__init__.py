"""Forms: shape only. Rules belong to the actions behind them."""
