"""From one loop to a song form: who plays in each section, how much, and what leads from one to the next."""
