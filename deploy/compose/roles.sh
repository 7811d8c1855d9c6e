#!/bin/sh
# Run by the image when it makes the cluster.
exec psql -U postgres -v owner_password="$OWNER_PASSWORD" -v service_password="$SERVICE_PASSWORD" -f /roles.sql
