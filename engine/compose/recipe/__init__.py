"""Recipes: ready sets of knobs for a role. A request names one, and a press that is considered chooses among them."""
