"""One folder per Lambda function; they meet only through queues, tables and messages."""
