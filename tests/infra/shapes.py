"""The shapes that a stage can take on AWS: each switch of the settings is thrown in one of them."""

from __future__ import annotations

ADDRESSES = (
    "adminEmail=ops@kanzlei.example",
    "senderEmail=alerts@kanzlei.example",
    "zendeskIntakeAddresses=support@kanzlei.example",
)
SHAPES = {
    "as it comes": (),
    "dev": ("stage=dev", *ADDRESSES),
    "prod": ("stage=prod", "alarmEmail=oncall@kanzlei.example", *ADDRESSES),
    "a named network": (
        "access=network",
        "jobsApiAllowedCidrs=203.0.113.0/24",
        "jobsApiVpcEndpoints=vpce-0a1b2c3d4e5f67890",
    ),
    "endpoints alone": (
        "access=network",
        "jobsApiVpcEndpoints=vpce-0a1b2c3d4e5f67890",
        "gatewayLogRole=create",
    ),
    "signed and fenced": ("jobsApiAllowedCidrs=203.0.113.0/24",),
    "guarded": ("waf=on", "gatewayLogRole=create", "reserveConcurrency=on"),
    "without logs": ("accessLog=off", "flowLogs=none"),
    "doors, key and all logs": (
        "natGateways=2",
        "interfaceEndpoints=sqs,secretsmanager,email,lambda",
        "flowLogs=all",
        "databaseKey=own",
    ),
    "snapshots": ("snapStart=on", *ADDRESSES),
    "pausing": ("databaseMinAcu=0", "databaseMaxAcu=2", "databaseAutoPauseSeconds=600"),
    "a second reader": ("secondReaderModelId=eu.maker.reader-v1:0", "secondReaderRegion=eu-west-1"),
}

VALUES_ALONE = {
    "bodyRetentionDays",
    "logLevel",
    "logRetentionDays",
    "publicBaseUrl",
    "quarantineRetentionDays",
}
"""Settings that end as a value in a template and change nothing else about it."""
