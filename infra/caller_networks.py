"""Which ranges of addresses may stand for a network, and in which words the others are refused."""

from __future__ import annotations

from ipaddress import IPv4Network

MOST_NETWORKS = 100
"""A resource policy holds 8,192 characters; a hundred ranges need a quarter of it."""

_WIDEST_PREFIX = 16


def network_problem(text: str) -> str | None:
    """Return why `text` can't be a range that callers come from; None if it can.

    API Gateway sees the public IPv4 address that a network goes out with (its `aws:SourceIp`).
    """
    try:
        network = IPv4Network(text)
    except ValueError:
        return f"{text!r} is no range of IPv4 addresses such as 203.0.113.0/24"
    if network.prefixlen == 0:
        return f"{text} is the whole internet"
    if not network.is_global and not _is_for_examples(network):
        return (
            f"{text} is a private range, which the gateway never sees;"
            " name the public address that the network goes out with"
        )
    if network.prefixlen < _WIDEST_PREFIX:
        return f"{text} is wider than /{_WIDEST_PREFIX}, too wide to be one firm's network"
    return None


def _is_for_examples(network: IPv4Network) -> bool:
    """RFC 5737 sets these apart for documents, and Python counts them as private."""
    examples = ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")
    return any(network.subnet_of(IPv4Network(example)) for example in examples)
