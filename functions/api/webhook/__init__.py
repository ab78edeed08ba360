"""What a Zendesk webhook's request is: signed, readable or not, one mail or a repetition."""
