"""From a checkout to a running stage: checks, synthesis, difference, deploy, what to do next."""
