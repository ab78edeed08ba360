"""Text of the files that came with a reply, as further sources of the one extraction path."""
