-- What a person needs who forgot a password.
select 1;
