import { AccountService } from '../../../src/auth/account/account.service';
import { NoticeWriter } from '../../../src/notification/deliver/notice-writer';
import { DigestJob } from '../../../src/notification/mail/digest.job';
import { MovableClock } from '../../fakes/movable-clock';
import { type LoggedIn, loggedIn } from '../../factories/administrator';
import { startTestApp, type TestApp } from '../../setup/test-app';

const MINUTE_MS = 60_000;

const clock = new MovableClock();
let app: TestApp;
let facts = 0;

beforeAll(async () => {
  app = await startTestApp({ ACCESS_TOKEN_TTL: '365d', REFRESH_TOKEN_TTL: '366d' }, { clock });
});

async function tell(person: LoggedIn): Promise<void> {
  facts += 1;
  await app.get(NoticeWriter).tell({ kind: 'comment', factKey: `test:${facts}`, actorId: null }, [person.id]);
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
  await person.call('POST', '/feed/api/notifications/read-all/');
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
