"""Settings of every test."""

from hypothesis import HealthCheck, settings

# A busy machine is slow, and that says nothing about what is tested; hypothesis would call it a failure.
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")
