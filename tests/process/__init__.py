"""With real processes: workers that are killed, beats that come twice, brokers that forget."""
