"""One small declaration per device."""
