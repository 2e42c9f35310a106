import { AccountService } from '../../../src/auth/account/account.service';
import { Database, statement } from '../../../src/infra/database/database';
import { NoticeWriter } from '../../../src/notification/deliver/notice-writer';
import type { NotificationKind } from '../../../src/notification/kind/notification-kind.rules';
import { DigestJob } from '../../../src/notification/mail/digest.job';
import { MailDueListener } from '../../../src/notification/mail/mail-due.listener';
import { MovableClock } from '../../fakes/movable-clock';
import { type LoggedIn, loggedIn } from '../../factories/administrator';
import { startTestApp, type TestApp } from '../../setup/test-app';

const MINUTE_MS = 60_000;
const PATH = '/feed/api/notifications/';

const UNSENT = statement('test.digest-unsent', 'update notification set emailed = false where account_id = $1');

const clock = new MovableClock();
let app: TestApp;
let facts = 0;

beforeAll(async () => {
  app = await startTestApp({ ACCESS_TOKEN_TTL: '365d', REFRESH_TOKEN_TTL: '366d' }, { clock });
});

async function tell(person: LoggedIn, kind: NotificationKind = 'comment'): Promise<void> {
  facts += 1;
  await app.get(NoticeWriter).tell({ kind, factKey: `test:${facts}`, actorId: null }, [person.id]);
}

async function move(person: LoggedIn, timeZone: string): Promise<void> {
  await app.get(AccountService).updateProfile(person.id, { timeZone });
  await app.drained();
}

/** To the next moment at which it is so late, UTC, and the digests that are due then. */
async function digestsAt(hour: number): Promise<void> {
  const at = new Date(clock.now());
  at.setUTCHours(hour, 1, 0, 0);
  if (at <= clock.now()) at.setUTCDate(at.getUTCDate() + 1);
  clock.advance(at.getTime() - clock.now().getTime());
  await app.get(DigestJob).run();
  await app.drained();
}

it('no calendar day of a reader has two, also where a day between had nothing to say', async () => {
  const person = await loggedIn(app);
  await move(person, 'Pacific/Kiritimati');
  await tell(person);
  await digestsAt(19);
  expect(await app.mails(person.email)).toHaveLength(1);

  await tell(person);
  await person.call('POST', `${PATH}read-all/`);
  await digestsAt(19);
  // On the other side of the date line it is yesterday: the day of the first mail, and not nine yet.
  await move(person, 'Pacific/Pago_Pago');
  await tell(person);
  await digestsAt(20);
  clock.advance(MINUTE_MS);
  expect(await app.mails(person.email)).toHaveLength(1);
  await digestsAt(20);
  expect(await app.mails(person.email)).toHaveLength(2);
});

describe('a mail that waits to be sent', () => {
  /** Somebody whose mail of a tip is yet to be sent, and how to send it. */
  async function waiting(): Promise<[LoggedIn, () => Promise<number>]> {
    const person = await loggedIn(app);
    await tell(person, 'tip');
    expect(await app.mails(person.email)).toHaveLength(1);
    const list = await person.call('GET', PATH);
    const notification_ids = list.json<{ all_list: { id: number }[] }>().all_list.map(({ id }) => id);
    await app.get(Database).execute(UNSENT, [person.id]);
    const send = async (): Promise<number> => {
      await app.get(MailDueListener).send({ notification_ids });
      return (await app.mails(person.email)).length - 1;
    };
    return [person, send];
  }

  it('is, where nothing speaks against it', async () => {
    const [, send] = await waiting();
    expect(await send()).toBe(1);
  });

  it.each<[string, (person: LoggedIn) => Promise<unknown>]>([
    ['muted', (person) => person.call('PUT', `${PATH}preferences/`, { preferences: [{ kind: 'tip', mail: 'off' }] })],
    ['closed', ({ id }) => app.get(AccountService).close(id)],
    ['disabled', ({ id }) => app.get(AccountService).disable(id)],
  ])('is not, once it is %s', async (_, happens) => {
    const [person, send] = await waiting();
    await happens(person);
    expect(await send()).toBe(0);
  });

  it('of a day is not, once its account is closed', async () => {
    const person = await loggedIn(app);
    await tell(person);
    await app.get(AccountService).close(person.id);
    await digestsAt(9);
    expect(await app.mails(person.email)).toEqual([]);
  });
});
