-- Two roles and a database: one owns the tables and migrates, the other serves and may do no more than it must
-- (docs/decisions/0024). Once, as a superuser:
--
--   psql -v owner_password=… -v service_password=… -f roles.sql
--
-- Then `SdkChat.Api.dll migrate` with both connection strings makes the tables, and says what the service may do with them.

\set ON_ERROR_STOP on

create role sdkchat_owner login password :'owner_password';
create role sdkchat_service login password :'service_password';

create database sdkchat owner sdkchat_owner encoding 'UTF8' template template0;

-- Nobody else connects, and nobody makes temporary tables.
revoke all on database sdkchat from public;
grant connect on database sdkchat to sdkchat_service;

-- Nothing of the service's waits for long; whoever does is stuck, and would hold locks.
alter role sdkchat_service in database sdkchat set idle_in_transaction_session_timeout = '1min';
