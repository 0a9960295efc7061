"""The product on a Redis Cluster and under Redis Sentinel, with real servers that are killed."""
