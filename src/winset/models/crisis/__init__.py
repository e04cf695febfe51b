"""Force and its shadow: which deals both sides prefer to war, when none holds, and what would make one hold."""
