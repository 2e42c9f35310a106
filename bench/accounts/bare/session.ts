import { createHash, randomBytes } from 'node:crypto';
import { sign, verify } from '../../bare/jwt';
import type { Handler } from '../../bare/handler';

const ACCESS_SECONDS = 300;
const REFRESH_SECONDS = 14 * 86_400;

const PROFILE = `select id, username, email, first_name, last_name, cast(birth_date as char(10)) as birth_date, bio,
  profile_pic, time_zone, is_creator, is_private, roles from account where id = $1`;

const ROTATE = `update auth_session s
    set token_hash = $3, rotations = left(concat($4::text, rotations), 64), last_used_at = $5, expires_at = $6
   from account a
  where s.id = $1 and s.token_hash = $2 and s.account_id = $7 and s.ended_at is null and s.expires_at > $5
    and a.id = s.account_id and a.is_active
 returning a.roles`;

export const profile: Handler = async (pool, { request }) => {
  const token = /(?:^|; )access_token=([^;]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
  const claims = verify(token, 'access');
  if (claims === undefined) return { status: 401, body: {} };
  const { rows } = await pool.query<{ roles: string }>({ name: 'profile', text: PROFILE, values: [claims.user_id] });
  const [row] = rows;
  return row ? { status: 200, body: { ...row, roles: row.roles.split(',') } } : { status: 401, body: {} };
};

export const refresh: Handler = async (pool, { body }) => {
  const { refresh: token } = JSON.parse(body.toString()) as { refresh: string };
  const claims = verify(token, 'refresh');
  if (claims === undefined) return { status: 401, body: {} };
  const now = new Date();
  const jti = randomBytes(16).toString('hex');
  const { sid, user_id } = claims;
  const expiresAt = new Date(now.getTime() + REFRESH_SECONDS * 1000);
  const entry = now.getTime().toString(36).padStart(8, '0');
  const values = [sid, hash(claims.jti), hash(jti), entry, now, expiresAt, user_id];
  const { rows } = await pool.query<{ roles: string }>({ name: 'rotate', text: ROTATE, values });
  const [row] = rows;
  if (row === undefined) return { status: 401, body: {} };
  const iat = Math.floor(now.getTime() / 1000);
  const next = sign({ token_type: 'refresh', exp: iat + REFRESH_SECONDS, iat, jti, user_id, sid });
  const access = sign({
    token_type: 'access',
    exp: iat + ACCESS_SECONDS,
    iat,
    jti: randomBytes(16).toString('hex'),
    user_id,
    sid,
    roles: row.roles.split(','),
  });
  const cookies = [
    `access_token=${access}; Max-Age=${ACCESS_SECONDS}; Path=/; HttpOnly; SameSite=Lax`,
    `refresh_token=${next}; Max-Age=${REFRESH_SECONDS}; Path=/api/; HttpOnly; SameSite=Strict`,
  ];
  return { status: 200, body: { refresh: next }, headers: { 'set-cookie': cookies } };
};

const hash = (jti: string): string => createHash('sha256').update(jti).digest('hex');
