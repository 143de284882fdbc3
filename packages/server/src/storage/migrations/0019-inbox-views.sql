-- What a person keeps of the inbox: views.
select 1;
