"""What is built in about the country: provinces, protection centres, homes; and the loader of smaller areas."""
