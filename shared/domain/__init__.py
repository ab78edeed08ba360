"""The words of the business as plain Python: no AWS, no SQL, no HTTP."""
