import '../../../src/notification/bell/bell.repository';
import { bellItem, type BellRow } from '../../../src/notification/bell/bell-item.rules';
import { textOf } from '../../../src/infra/database/statement';
import type { Handler } from '../../bare/handler';
import { verify } from '../../bare/jwt';
import { serve } from '../../bare/serve';

type Row = BellRow & { readonly unreadCount: number; readonly allCount: number };

const LIST = textOf('bell.list');

/** The statement of the app, and the same items. */
const list: Handler = async (pool, { request }) => {
  const claims = verify(request.headers.authorization?.slice('Bearer '.length) ?? '', 'access');
  if (claims === undefined) return { status: 401, body: {} };
  const max = Number(new URL(request.url ?? '', 'http://bare').searchParams.get('max'));
  const values = [claims.user_id, new Date(), false, Number.MAX_SAFE_INTEGER, max];
  const { rows } = await pool.query<Row>({ name: 'bell.list', text: LIST, values });
  const items = rows.map(bellItem);
  const body = {
    unread_count: rows[0]?.unreadCount ?? 0,
    unread_list: items.filter(({ unread }) => unread).slice(0, max),
    all_count: rows[0]?.allCount ?? 0,
    all_list: items.slice(0, max),
  };
  return { status: 200, body };
};

serve([{ method: 'GET', path: /^\/feed\/api\/notifications\/$/, handler: list }]);
