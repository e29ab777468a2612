"""考核: points of a programme's rubric beside what they rest on, and one unit seen across all programmes."""
