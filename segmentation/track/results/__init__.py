"""What a campaign really brought: who got it against who was held out of it."""
