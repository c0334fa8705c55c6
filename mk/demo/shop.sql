-- The demo's existing database: a shop as it grows by hand over the years. Three schemas, and most of
-- what people use in PostgreSQL. Run once in an empty database.

-- Roles are the cluster's, so they may be there already.
do $$
declare r text;
begin
  foreach r in array array['shop_owner', 'shop_app', 'shop_reporting', 'shop_support'] loop
    if not exists (select from pg_roles where rolname = r) then
      execute format('create role %I nologin', r);
    end if;
  end loop;
  if not exists (select from pg_roles where rolname = 'anna') then
    create role anna login in role shop_support;
    alter role anna set statement_timeout = '30s';
    comment on role anna is 'second-level support';
  end if;
end $$;

create extension pg_trgm;
create extension citext;

create schema catalog authorization shop_owner;
comment on schema catalog is 'what can be bought';
create schema sales authorization shop_owner;
create schema audit;

-- ------------------------------------------------------------------ types

create type sales.order_state as enum ('cart', 'placed', 'paid', 'shipped', 'returned', 'cancelled');
comment on type sales.order_state is 'the life of an order';
create type sales.payment_method as enum ('card', 'invoice', 'voucher');
create type catalog.dimensions as (width numeric, height numeric, depth numeric);
create domain catalog.sku as text
  constraint sku_format check (value ~ '^[A-Z]{3}-[0-9]{4,}$');
create domain public.email as citext check (value ~ '@');
create domain public.money_amount as numeric(12, 2) default 0 not null check (value >= 0);
create type sales.period as range (subtype = date);
create collation public.german (provider = icu, locale = 'de-DE');

-- ----------------------------------------------------------------- people

create table public.country (
  code char(2) primary key,
  name text not null collate public.german unique
);

create table public.customer (
  id bigint generated always as identity primary key,
  email public.email not null unique,
  name text not null,
  birthday date check (birthday > '1900-01-01'),
  country char(2) not null references public.country,
  newsletter boolean not null default false,
  invited_by bigint references public.customer on delete set null,
  created_at timestamptz not null default now()
);
comment on table public.customer is 'who buys; see also public.customer_address';
comment on column public.customer.invited_by is 'the customer whose invitation it was, if any';
create index customer_name_trgm on public.customer using gin (name gin_trgm_ops);
create index customer_country_idx on public.customer (country) include (name) where newsletter;

create table public.customer_address (
  customer_id bigint not null references public.customer on delete cascade,
  kind text not null default 'home' check (kind in ('home', 'work', 'other')),
  street text not null,
  city text not null,
  country char(2) not null references public.country,
  primary key (customer_id, kind)
);

create table public.employee (
  id serial primary key,
  name text not null,
  manager_id integer references public.employee,
  hired date not null default current_date,
  salary public.money_amount
);

create table public.setting (
  key text primary key,
  value jsonb not null default '{}'
) with (fillfactor = 70, autovacuum_enabled = true);

-- ---------------------------------------------------------------- catalog

create table catalog.brand (
  id serial primary key,
  name text not null unique,
  "Home Page" text
);

create table catalog.category (
  id serial primary key,
  parent_id integer references catalog.category,
  name text not null,
  path text not null,
  unique nulls not distinct (parent_id, name)
);

create table catalog.product (
  id bigserial primary key,
  sku catalog.sku not null unique,
  name text not null,
  description text,
  brand_id integer references catalog.brand,
  size catalog.dimensions,
  price public.money_amount,
  tax_rate numeric(4, 3) not null default 0.19,
  price_with_tax numeric generated always as (round(price * (1 + tax_rate), 2)) stored,
  search tsvector,
  discontinued boolean not null default false
);
alter table catalog.product alter column description set storage external;
alter table catalog.product alter column name set statistics 500;
create index product_search_idx on catalog.product using gin (search);
create index product_lower_name_idx on catalog.product (lower(name) text_pattern_ops);
create statistics catalog.product_brand_price (dependencies, ndistinct) on brand_id, price from catalog.product;

create table catalog.product_category (
  product_id bigint references catalog.product on delete cascade,
  category_id integer references catalog.category,
  primary key (product_id, category_id)
);

create table catalog.product_image (
  product_id bigint not null references catalog.product on delete cascade,
  position smallint not null default 1,
  url text not null,
  primary key (product_id, position) deferrable initially immediate
);

create table catalog.supplier (
  id serial primary key,
  name text not null,
  country char(2) references public.country
);

create table catalog.supply (
  supplier_id integer references catalog.supplier,
  product_id bigint references catalog.product,
  cost public.money_amount,
  lead_days smallint not null default 7,
  primary key (supplier_id, product_id)
);

create table catalog.price_history (
  product_id bigint not null references catalog.product,
  valid sales.period not null,
  price public.money_amount,
  check (not isempty(valid))
);

create table catalog.warehouse (
  id smallint primary key,
  name text not null
);

create table catalog.stock (
  warehouse_id smallint references catalog.warehouse,
  product_id bigint references catalog.product,
  quantity integer not null default 0 check (quantity >= 0),
  primary key (warehouse_id, product_id)
);

create table catalog.review (
  id bigint generated by default as identity (start with 1000 increment by 10),
  product_id bigint not null references catalog.product on delete cascade,
  customer_id bigint not null references public.customer,
  stars smallint not null check (stars between 1 and 5),
  text text,
  primary key (id),
  unique (product_id, customer_id)
);
alter table catalog.review enable row level security;

-- ------------------------------------------------------------------ sales

create sequence sales.invoice_number start with 100000 cache 20;
comment on sequence sales.invoice_number is 'never reset: the tax office wants no gaps backwards';

create table sales.voucher (
  code text primary key,
  amount public.money_amount,
  valid daterange not null,
  exclude using gist (valid with &&)
);

create table sales.orders (
  id bigint generated always as identity,
  placed_at timestamptz not null default now(),
  customer_id bigint not null,
  state sales.order_state not null default 'cart',
  voucher text,
  total public.money_amount,
  primary key (id, placed_at)
) partition by range (placed_at);
create index orders_customer_idx on sales.orders (customer_id, placed_at desc);
alter table sales.orders add constraint orders_customer_fkey foreign key (customer_id) references public.customer;
alter table sales.orders add constraint orders_voucher_fkey foreign key (voucher) references sales.voucher on update cascade;
create table sales.orders_2025 partition of sales.orders for values from ('2025-01-01') to ('2026-01-01');
create table sales.orders_2026 partition of sales.orders for values from ('2026-01-01') to ('2027-01-01');
create table sales.orders_rest partition of sales.orders default;

create table sales.order_line (
  order_id bigint not null,
  placed_at timestamptz not null,
  line smallint not null,
  product_id bigint not null references catalog.product,
  quantity integer not null default 1 check (quantity > 0),
  price public.money_amount,
  primary key (order_id, line),
  foreign key (order_id, placed_at) references sales.orders
);

create table sales.payment (
  id bigint generated always as identity primary key,
  order_id bigint not null,
  placed_at timestamptz not null,
  method sales.payment_method not null,
  amount public.money_amount,
  paid_at timestamptz,
  foreign key (order_id, placed_at) references sales.orders,
  check (paid_at is null or paid_at >= placed_at)
);

create table sales.invoice (
  number bigint primary key default nextval('sales.invoice_number'),
  payment_id bigint not null unique references sales.payment,
  issued date not null default current_date,
  document xml
);

create table sales.shipment (
  id bigint generated always as identity primary key,
  order_id bigint not null,
  placed_at timestamptz not null,
  carrier text not null,
  tracking text,
  foreign key (order_id, placed_at) references sales.orders
);

create unlogged table sales.cart_session (
  id uuid primary key default gen_random_uuid(),
  customer_id bigint references public.customer on delete cascade,
  data jsonb,
  touched timestamptz not null default clock_timestamp()
);

-- ------------------------------------------------------------------ audit

create table audit.entry (
  at timestamptz not null default now(),
  who name not null default current_user,
  relation regclass not null,
  what text not null,
  old jsonb,
  new jsonb
);
create table audit.login_entry (ip inet) inherits (audit.entry);
create table audit.note (text text, constraint note_not_empty check (text <> '') no inherit);

-- -------------------------------------------------------------- functions

create function audit.record() returns trigger
language plpgsql security definer set search_path = audit, pg_temp
as $$
begin
  insert into audit.entry (relation, what, old, new)
  values (tg_relid, tg_op, to_jsonb(old), to_jsonb(new));
  return coalesce(new, old);
end;
$$;
comment on function audit.record() is 'the trigger behind every audited table';

create function catalog.fill_search() returns trigger
language plpgsql
as $$
begin
  new.search := to_tsvector('english', new.name || ' ' || coalesce(new.description, ''));
  return new;
end;
$$;

create function sales.order_total(sales.orders) returns numeric
language sql stable parallel safe
as $$ select sum(quantity * price) from sales.order_line l where l.order_id = $1.id $$;

create function sales.revenue(from_day date, to_day date default current_date)
returns table (day date, amount numeric)
language sql stable rows 366
begin atomic
  select p.paid_at::date, sum(p.amount) from sales.payment p
  where p.paid_at between from_day and to_day group by 1;
end;

create procedure sales.close_carts(older_than interval default '30 days')
language sql
as $$ delete from sales.cart_session where touched < now() - older_than $$;

create function public.concat_names(text, text) returns text
language sql immutable
as $$ select case when $1 is null then $2 else $1 || ', ' || $2 end $$;
create aggregate public.name_list(text) (sfunc = public.concat_names, stype = text);

create function public.customer_age(c public.customer, at date default current_date) returns integer
language sql stable
return extract(year from age(at, c.birthday))::integer;

-- ------------------------------------------------------- triggers and rules

create trigger product_search before insert or update of name, description on catalog.product
  for each row execute function catalog.fill_search();
create trigger product_audit after insert or update or delete on catalog.product
  for each row execute function audit.record();
create trigger customer_audit after update on public.customer
  for each row when (old.* is distinct from new.*) execute function audit.record();
create trigger order_audit after insert or update on sales.orders
  for each row execute function audit.record();
alter table catalog.product disable trigger product_audit;

-- ------------------------------------------------------------------ views

create view catalog.available with (security_barrier) as
  select p.id, p.sku, p.name, p.price_with_tax, coalesce(sum(s.quantity), 0) as quantity
  from catalog.product p left join catalog.stock s on s.product_id = p.id
  where not p.discontinued
  group by p.id;
create view catalog.bestseller as
  select a.id, a.name, sum(l.quantity) as sold
  from catalog.available a join sales.order_line l on l.product_id = a.id
  group by a.id, a.name order by sold desc;
create view public.active_customer as
  select * from public.customer where created_at > now() - interval '2 years'
  with local check option;
create view sales.customer_overview as
  select c.id, c.name, public.customer_age(c.*::public.customer) as age, count(o.id) as orders,
         max(o.placed_at) as last_order
  from public.active_customer v join public.customer c using (id)
  left join sales.orders o on o.customer_id = c.id
  group by c.id;
comment on view sales.customer_overview is 'for the support desk';
create materialized view sales.revenue_by_month as
  select date_trunc('month', paid_at) as month, sum(amount) as amount
  from sales.payment where paid_at is not null group by 1;
create unique index on sales.revenue_by_month (month);

create view public.setting_text as select key, value::text from public.setting;
create rule setting_update as on update to public.setting_text
  do instead update public.setting set value = new.value::jsonb where key = old.key;

-- ------------------------------------------------- who may do what, policies

alter table catalog.product owner to shop_owner;
alter table sales.orders owner to shop_owner;
grant usage on schema catalog, sales to shop_app, shop_reporting, shop_support;
grant select, insert, update on all tables in schema sales to shop_app;
grant select on all tables in schema catalog to shop_app, shop_reporting;
grant select (id, name, country) on public.customer to shop_reporting;
grant select on sales.customer_overview to shop_support with grant option;
revoke execute on function sales.revenue(date, date) from public;
grant execute on function sales.revenue(date, date) to shop_reporting;
alter default privileges for role shop_owner in schema sales grant select on tables to shop_reporting;

create policy own_reviews on catalog.review for update to shop_app
  using (customer_id = current_setting('shop.customer', true)::bigint);
create policy read_reviews on catalog.review for select using (true);

create publication search_index for table catalog.product, catalog.brand;

-- ------------------------------------------------------------- a little data

insert into public.country values ('DE', 'Deutschland'), ('AT', 'Österreich'), ('CH', 'Schweiz');
insert into public.customer (email, name, country)
  select 'customer' || i || '@example.org', 'Customer ' || i, (array['DE', 'AT', 'CH'])[1 + i % 3]
  from generate_series(1, 200) i;
insert into catalog.brand (name) values ('Hammer & Söhne'), ('O''Reilly Tools');
insert into catalog.product (sku, name, brand_id, price)
  select 'ABC-' || lpad(i::text, 4, '0'), 'Product ' || i, 1 + i % 2, i * 1.5 from generate_series(1, 100) i;
insert into sales.orders (placed_at, customer_id, state, total)
  select timestamptz '2025-06-01' + i * interval '1 day', 1 + i % 200, 'placed', i from generate_series(1, 400) i;
insert into sales.order_line (order_id, placed_at, line, product_id, quantity, price)
  select id, placed_at, 1, 1 + id % 100, 1, 9.99 from sales.orders;
refresh materialized view sales.revenue_by_month;
