import { NoticeWriter } from '../../src/notification/deliver/notice-writer';
import type { BellResponse } from '../../src/notification/bell/dto/bell.response';
import type { NotificationKind } from '../../src/notification/kind/notification-kind.rules';
import { DigestJob } from '../../src/notification/mail/digest.job';
import { MembershipService } from '../../src/subscription/membership/membership.service';
import { MovableClock } from '../fakes/movable-clock';
import { administrator, type LoggedIn, loggedIn } from '../factories/administrator';
import { aPost } from '../factories/post';
import { aCreator, aTier } from '../factories/tier';
import { startTestApp, type TestApp } from '../setup/test-app';

const PATH = '/feed/api/notifications/';

const clock = new MovableClock();
let app: TestApp;
let facts = 0;

beforeAll(async () => {
  app = await startTestApp({ ACCESS_TOKEN_TTL: '365d', REFRESH_TOKEN_TTL: '366d' }, { clock });
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

it('what somebody has removed does not come back, however often its fact is told, nor by mail', async () => {
  const person = await loggedIn(app);
  const notices = (['comment', 'tip'] as const).map((kind) => ({ kind, factKey: `again:${kind}`, actorId: null }));
  const tellAll = async (): Promise<void> => {
    for (const notice of notices) await app.get(NoticeWriter).tell(notice, [person.id]);
  };
  await tellAll();
  for (const { slug } of (await bell(person)).all_list) {
    expect((await person.call('DELETE', `${PATH}${slug}/`)).statusCode).toBe(204);
    expect((await person.call('POST', `${PATH}${slug}/unread/`)).statusCode).toBe(404);
  }
  await tellAll();
  clock.advance(2 * 86_400_000);
  await app.get(DigestJob).run();
  expect(await bell(person)).toMatchObject({ unread_count: 0, all_count: 0, all_list: [] });
  const subjects = (await app.mails(person.email)).map(({ subject }) => subject);
  expect(subjects).toEqual(['Somebody tipped you some money']);
});

describe('the end of a membership', () => {
  const DAY_MS = 86_400_000;

  it('is told to nobody who has paid again before anybody saw it, and else once', async () => {
    const [creator, member] = [await aCreator(app), await loggedIn(app)];
    const tier = await aTier(app, creator);
    const source = { kind: 'order', reference: 'month', accountId: member.id, tierId: tier.id } as const;
    const grant = (): Promise<unknown> =>
      app.get(MembershipService).grant({ ...source, endsAt: new Date(clock.now().getTime() + DAY_MS) });
    await grant();
    clock.advance(DAY_MS + 1_000);
    await grant();
    expect(await kindsIn(member)).toEqual([]);
    expect(await app.mails(member.email)).toEqual([]);
    clock.advance(DAY_MS + 1_000);
    await Promise.all([1, 2].map(() => app.get(MembershipService).endDue()));
    expect(await kindsIn(member)).toEqual(['membership-ended']);
  });
});
