-- Quotes that were part of a conversation or a signing-up: calculator, day, input, answer and rules, as a JSON list; sealed.
alter table consultation add column quotes_sealed text;
alter table enrollment add column quotes_sealed text;
