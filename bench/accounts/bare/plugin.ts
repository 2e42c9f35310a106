import { createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto';
import type { Pool } from 'pg';
import type { Handler } from '../../bare/handler';

const FIND = 'select id, sefaria_id, name, data from plugin_user where plugin_id = $1 and sefaria_id = $2';

const ADD = `insert into plugin_user (plugin_id, sefaria_id, data, created_at, updated_at) values ($1, $2, '{}', $3, $3)
  on conflict (plugin_id, sefaria_id) do nothing returning id`;

const key = Buffer.from(process.env.SEFARIA_PLUGIN_SECRET ?? '', 'base64url');

let legacy: Promise<number> | undefined;

function legacyPlugin(pool: Pool): Promise<number> {
  return (legacy ??= pool
    .query<{ id: number }>('select id from plugin where slug is not null')
    .then(({ rows }) => rows[0]?.id ?? 0));
}

function decrypt(token: string): string | undefined {
  const bytes = Buffer.from(token, 'base64url');
  const body = bytes.subarray(0, -32);
  const expected = createHmac('sha256', key.subarray(0, 16)).update(body).digest();
  if (bytes.length < 73 || !timingSafeEqual(bytes.subarray(-32), expected)) return undefined;
  const decipher = createDecipheriv('aes-128-cbc', key.subarray(16), body.subarray(9, 25));
  return Buffer.concat([decipher.update(body.subarray(25)), decipher.final()]).toString();
}

export const getPluginUser: Handler = async (pool, { request }) => {
  const id = decrypt(String(request.headers['plugin-user-id']));
  if (id === undefined) return { status: 400, body: {} };
  const values = [await legacyPlugin(pool), id];
  const { rows } = await pool.query<{ data: string }>({ name: 'find', text: FIND, values });
  const [row] = rows;
  if (row === undefined) return { status: 404, body: {} };
  const { data, ...user } = row;
  return { status: 200, body: { ...user, ...(JSON.parse(data) as object) } };
};

export const postPluginUser: Handler = async (pool, { body }) => {
  const id = decrypt((JSON.parse(body.toString()) as { sefaria_id: string }).sefaria_id);
  if (id === undefined) return { status: 400, body: {} };
  const values = [await legacyPlugin(pool), id, new Date()];
  const { rows } = await pool.query<{ id: number }>({ name: 'add', text: ADD, values });
  return rows[0] ? { status: 201, body: { id: rows[0].id, sefaria_id: id } } : { status: 400, body: {} };
};
