import { createHmac, timingSafeEqual } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { Handler } from '../../bare/handler';

const VIEW = `select c.id as "courseId", c.course_key as "courseKey", c.display_name as "displayName",
    a.id as "accountId", a.email_verified_at as "emailVerifiedAt", e.id as "enrolmentId", e.status,
    e.expires_at as "expiresAt", s.id as "sourceId", w.id as "allowanceId", w.claimed_by as "claimedBy",
    k.id as "claimantId", w.revoked_at as "revokedAt"
  from course c
  left join account a on a.email_key = $2
  left join enrolment e on e.account_id = a.id and e.course_id = c.id
  left join enrolment_source s on s.enrolment_id = e.id and s.kind = $3 and s.reference = $4
  left join enrolment_allowance w on w.email_key = $2 and w.course_id = c.id
  left join account k on k.id = w.claimed_by
 where c.course_key = any($1) and c.archived_at is null order by c.id`;

const BEGIN = `with learner as (select id from account where id = $1 for key share),
  begun as (
    insert into enrolment (account_id, course_id, mode, status, expires_at, created_at, updated_at)
    select l.id, c.id, $3::varchar, 'active', $4::timestamptz, $5::timestamptz, $5::timestamptz
      from learner l cross join course c where c.id = any($2) order by c.id
    on conflict (account_id, course_id) do nothing returning id, course_id),
  held as (
    insert into enrolment_source (enrolment_id, kind, reference, created_at)
    select id, $6::varchar, $7::varchar, $5::timestamptz from begun),
  noted as (
    insert into enrolment_history
      (enrolment_id, state_before, state_after, source, reference, actor_id, reason, changed_at)
    select id, null, $8::jsonb, $9::varchar, $10::varchar, $11::bigint, $12::varchar, $5::timestamptz from begun)
  select id, course_id as "courseId" from begun`;

const KEEP = `insert into webhook_delivery (source, event_key, verdict, fault, status, secret_id, signed_at, headers, body,
    body_size, terms, effect, receipts, received_at, last_received_at)
  values ($1, $2, 'accepted', null, $3, $4, $5, $6, $7, $8, $9, $10, 1, $11, $11)
  on conflict (source, event_key) do update set receipts = webhook_delivery.receipts + 1,
    last_received_at = excluded.last_received_at, secret_id = excluded.secret_id, signed_at = excluded.signed_at,
    effect = case when $12::boolean or webhook_delivery.status <> excluded.status
                  then excluded.effect else webhook_delivery.effect end,
    status = excluded.status`;

const secret = process.env.LERNITO_WEBHOOK_SECRET ?? '';

interface Row {
  courseId: number;
  accountId: number | null;
  enrolmentId: number | null;
}

export const enrol: Handler = async (pool, { request, body }) => {
  const signature = String(request.headers['x-lernito-signature']);
  const expected = createHmac('sha256', secret).update(body).digest();
  if (!timingSafeEqual(Buffer.from(signature, 'hex'), expected)) return { status: 401, body: {} };
  const call = JSON.parse(body.toString()) as { email: string; courseIds: string[] };
  const client = await pool.connect();
  try {
    // As in the app, `begin` travels with the first statement.
    await Promise.all([client.query('begin'), write(client, call, signature, body)]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
  const message = `User enrollment status verified for ${call.courseIds.length} course(s)`;
  return { status: 200, body: { success: true, message } };
};

async function write(
  client: PoolClient,
  { email, courseIds }: { email: string; courseIds: string[] },
  signature: string,
  body: Buffer,
): Promise<void> {
  const now = new Date();
  const asked = [courseIds, email.toLowerCase(), 'webhook', 'lernito'];
  const { rows } = await client.query<Row>({ name: 'view', text: VIEW, values: asked });
  const fresh = rows.filter(({ enrolmentId }) => enrolmentId === null).map(({ courseId }) => courseId);
  if (fresh.length > 0) {
    const state = JSON.stringify({ status: 'active', mode: 'audit', expires_at: null, sources: ['webhook:lernito'] });
    const held = ['webhook', 'lernito', state, 'webhook', 'lernito', null, null];
    const values = [rows[0]?.accountId, fresh, 'audit', null, now, ...held];
    await client.query({ name: 'begin', text: BEGIN, values });
  }
  const terms = [email, ...courseIds].join('\n');
  const effect = JSON.stringify({ account_id: rows[0]?.accountId, courses: courseIds });
  const kept = [200, 'bare', null, '{}', body, body.length, terms, effect, now, fresh.length > 0];
  const values = ['lernito', createHmac('sha256', signature).update(body).digest('hex'), ...kept];
  await client.query({ name: 'keep', text: KEEP, values });
}
