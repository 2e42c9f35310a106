import { NoticeWriter } from '../../src/notification/deliver/notice-writer';
import type { BellResponse } from '../../src/notification/bell/dto/bell.response';
import type { NotificationKind } from '../../src/notification/kind/notification-kind.rules';
import { administrator, type LoggedIn, loggedIn } from '../factories/administrator';
import { aPost } from '../factories/post';
import { aCreator } from '../factories/tier';
import { startTestApp, type TestApp } from '../setup/test-app';

const PATH = '/feed/api/notifications/';

let app: TestApp;
let facts = 0;

beforeAll(async () => {
  app = await startTestApp();
});

async function bell(person: LoggedIn, query = '?max=100'): Promise<BellResponse> {
  await app.drained();
  return (await person.call('GET', `${PATH}${query}`)).json<BellResponse>();
}

async function kindsIn(person: LoggedIn): Promise<unknown[]> {
  return (await bell(person)).all_list.map(({ data }) => data.kind).sort();
}

function tell(reader: LoggedIn, kind: NotificationKind, actorId: number | null = null): Promise<void> {
  facts += 1;
  return app.get(NoticeWriter).tell({ kind, factKey: `test:${facts}`, actorId }, [reader.id]);
}

describe('a ban from commenting', () => {
  const TALK = ['follow', 'like', 'comment', 'reply'] as const;
  const BUSINESS = ['commission', 'member', 'post', 'tip'] as const;

  it('silences talk, and neither money nor orders', async () => {
    const [creator, troll] = [await aCreator(app), await loggedIn(app)];
    await creator.call('POST', '/content/api/comment-bans', { account: troll.id, reason: 'Trolling' });
    for (const kind of [...TALK, ...BUSINESS]) await tell(creator, kind, troll.id);
    expect(await kindsIn(creator)).toEqual(BUSINESS);
  });

  it('on all pages takes no post of a creator from those who follow', async () => {
    const [creator, fan, admin] = [await aCreator(app), await loggedIn(app), await administrator(app)];
    await fan.call('POST', `/feed/api/follow/${creator.id}`);
    const ban = await admin.call('POST', '/admin/comment-bans/', { account: creator.id, reason: 'Spam' });
    expect(ban.statusCode).toBe(201);
    await aPost(app, creator);
    expect(await kindsIn(fan)).toEqual(['post']);
  });
});
