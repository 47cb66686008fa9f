-- When an item of a yellow card was passed: figures ask by when. Earlier ones take the day of the step that passed them.
alter table supervision.yellow_card_items add column tested_on date;
comment on column supervision.yellow_card_items.tested_on is 'The day on which another person passed it';
update supervision.yellow_card_items i set tested_on = (select max((s.acted_at at time zone 'Asia/Shanghai')::date) from supervision.record_steps s
  where s.kind = 'yellow_card' and s.record_no = i.card_no and s.action = 'pass_item' and s.body ->> 'title' = i.title)
where i.state = 'passed';
update supervision.yellow_card_items set tested_on = due_on where state = 'passed' and tested_on is null;
