"""What is told: verdicts and certificates as data, and one small writer for each form. No torch, no Hypothesis."""
