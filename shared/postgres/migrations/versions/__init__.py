"""One file per revision; the newest is what this release needs."""
