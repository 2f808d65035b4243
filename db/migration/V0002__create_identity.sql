-- Who participants are at their sites. Nobody but the loader may read it.
create schema identity;
comment on schema identity is 'Site record ids of participants; analysts cannot read it';

-- Grain: one row per participant of a study at a site. Filled while reading.
create table identity.participant (
    participant_key uuid primary key,
    study_code      text not null,
    site_code       text not null,
    record_id       text not null
);
comment on table identity.participant is 'The site''s own id behind each participant key';
comment on column identity.participant.participant_key is 'HMAC of study, site and record id with the installation''s secret';
comment on column identity.participant.study_code is 'Study of the participant';
comment on column identity.participant.site_code is 'Site of the participant';
comment on column identity.participant.record_id is 'The site''s own id, as its mapping normalises it';

-- Grain: one row. Tells whether a command has the secret that the keys here were made with.
create table identity.installation (
    only_row     boolean primary key default true check (only_row),
    secret_check text    not null
);
comment on table identity.installation is 'The fingerprint of the installation''s secret';
comment on column identity.installation.only_row is 'There is one row';
comment on column identity.installation.secret_check is 'HMAC of a fixed text with the secret';
