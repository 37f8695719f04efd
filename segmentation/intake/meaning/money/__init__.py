"""What was paid, found by what adds up in a file."""
