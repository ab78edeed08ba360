"""The HTTP side: takes Zendesk's webhook in and shows the jobs."""
