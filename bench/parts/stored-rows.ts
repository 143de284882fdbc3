/* What the product leaves of a message, as statements over the temporary table `stored` of stored-messages.ts. Sizes are those of real ones. */

const NOTHING_TWICE = "on conflict do nothing";

/** What stays for good. The price is one 10,000th of a peso: however many, the demonstration can pay them. */
export const LASTING_ROWS = [
  `insert into messages (account_id, id, direction, project_id, channel_id, mobile, category, kind, template_id, variables, body,
     custom_field, digest, source, price, status, lane, class, deadline_at, owner, attempts, provider_message_id,
     accepted_at, submitted_at, sent_at, delivered_at, read_at)
   select account_id, id, 'out', project_id, channel_id, mobile, 'utility', 'template', template_id,
     array['Carlos Andrés', '$125.000', 'miércoles'],
     'Hola *Carlos Andrés*, le recordamos su cita con $125.000 el miércoles. ¿Podrá asistir?',
     'pedido-' || n, sha256(id::text::bytea), 'ws', 1, 'read', null, 1,
     at + interval '13 hours', account_id, 1, wamid, at, at, at, at, at
   from stored ${NOTHING_TWICE}`,
  `insert into transfers (account_id, cause_id, kind, debit, credit, amount, balance_after, at)
   select account_id, id, 'charge', 'wallet', 'sales', 1, 199998320000, at from stored ${NOTHING_TWICE}`,
];

/** What retention takes away. */
export const PASSING_ROWS = [
  `insert into events (account_id, id, seq, kind, message_id, project_id, at, data)
   select account_id, pg_temp.id_at(ms, kind || n), seq + place, kind, id, project_id, at,
     case when kind = 'submitted' then jsonb_build_object('providerMessageId', wamid) end
   from stored
   cross join (values (1, 'accepted'), (2, 'submitted'), (3, 'sent'), (4, 'delivered'), (5, 'read')) k(place, kind)
   ${NOTHING_TWICE}`,
  `insert into attempts (account_id, id, message_id, number, owner, started_at, finished_at, outcome)
   select account_id, pg_temp.id_at(ms, 'a' || n), id, 1, account_id, at, at, 'accepted' from stored ${NOTHING_TWICE}`,
  `insert into deliveries (account_id, id, endpoint_id, seq, kind, order_key, message_id, body, state, attempts,
     created_at, finished_at)
   select account_id, pg_temp.id_at(ms, 'd' || kind || n), endpoint_id, seq + place, kind, id::text, id,
     '{"type":"message-event","type2":"' || kind || '","messageId_whatsapp":"' || wamid
       || '","fecha_envio_por_whatsapp":"2026-11-22 19:29:25","messageId":"' || id || '","&messageId":"' || id || '"}',
     'delivered', 1, at, at
   from stored cross join (values (3, 'sent'), (4, 'delivered'), (5, 'read')) k(place, kind) ${NOTHING_TWICE}`,
  `insert into delivery_attempts (account_id, id, delivery_id, number, started_at, finished_at, http_status, response)
   select account_id, pg_temp.id_at(ms, 't' || kind || n), pg_temp.id_at(ms, 'd' || kind || n), 1, at, at, 200, ''
   from stored cross join (values ('sent'), ('delivered'), ('read')) k(kind) ${NOTHING_TWICE}`,
  // WhatsApp tells several statuses in a post when it has many: one post a message is about what a busy number gets.
  `insert into journal (account_id, id, app_id, provider, received_at, body, state, items, processed_at)
   select account_id, pg_temp.id_at(ms, 'j' || n), app_id, 'meta-cloud', at,
     convert_to('{"object":"whatsapp_business_account","entry":[{"id":"203763545750960","changes":[{"value":{"messaging_product":'
       || '"whatsapp","metadata":{"display_phone_number":"573005202020","phone_number_id":"104802595266969"},"statuses":[{"id":"'
       || wamid || '","status":"read","timestamp":"1795393767","recipient_id":"' || mobile
       || '","recipient_user_id":"CO.02267479916883245783","biz_opaque_callback_data":"' || id || '"}]},"field":"messages"}]}]}', 'UTF8'),
     'done', 1, at
   from stored ${NOTHING_TWICE}`,
];
