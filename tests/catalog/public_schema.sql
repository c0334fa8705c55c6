-- Schema public, made anew by somebody else.
drop schema public;
create schema public authorization alice;
create table public.t (a int);
