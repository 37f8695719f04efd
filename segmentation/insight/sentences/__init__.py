"""What is told of segments, in sentences, made when they are shown."""
