-- A digest is worked out from its hour and what was told before it; a flag and a day are no longer kept.
alter table desk.mail_addresses drop column digest, drop column digested_on;
