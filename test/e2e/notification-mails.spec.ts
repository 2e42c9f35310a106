import { setTimeout as sleep } from 'node:timers/promises';
import { AccountService } from '../../src/auth/account/account.service';
import { Database, statement } from '../../src/infra/database/database';
import { NoticeWriter } from '../../src/notification/deliver/notice-writer';
import { KINDS, type NotificationKind } from '../../src/notification/kind/notification-kind.rules';
import { DigestJob } from '../../src/notification/mail/digest.job';
import { MailDueListener } from '../../src/notification/mail/mail-due.listener';
import type { PreferencesResponse } from '../../src/notification/preference/dto/preference.response';
import { MovableClock } from '../fakes/movable-clock';
import { type LoggedIn, loggedIn } from '../factories/administrator';
import { aPost } from '../factories/post';
import { aCreator } from '../factories/tier';
import { type Mail, startTestApp, type TestApp } from '../setup/test-app';
import { temporaryFolder } from '../setup/test-settings';

const PATH = '/feed/api/notifications/';
const HOUR_MS = 3_600_000;

const DUE = statement('test.digests-due', 'select account_id from notification_box where digest_due_at <= $1');

const UNSENT = statement('test.unsent', 'update notification set emailed = false where account_id = $1');

const clock = new MovableClock();
let app: TestApp;
let other: TestApp;
let facts = 0;

beforeAll(async () => {
  // One mailbox for both: whichever of them sends.
  const settings = { ACCESS_TOKEN_TTL: '365d', REFRESH_TOKEN_TTL: '366d', DATA_DIR: temporaryFolder() };
  [app, other] = [await startTestApp(settings, { clock }), await startTestApp(settings, { clock })];
});

interface Told {
  readonly actorId?: number | null;
  readonly data?: Record<string, string | number>;
}

async function tell(person: { readonly id: number }, kind: NotificationKind, { actorId = null, data = {} }: Told = {}) {
  facts += 1;
  await app.get(NoticeWriter).tell({ kind, factKey: `test:${facts}`, actorId, data }, [person.id]);
}

const put = (person: LoggedIn, body: object) => person.call('PUT', `${PATH}preferences/`, body);

/** To the next moment at which it is `hour` o'clock, UTC. */
function advanceTo(hour: number, minute = 0): void {
  const now = clock.now();
  const at = new Date(now);
  at.setUTCHours(hour, minute, 0, 0);
  if (at <= now) at.setUTCDate(at.getUTCDate() + 1);
  clock.advance(at.getTime() - now.getTime());
}

async function digest(): Promise<void> {
  await Promise.all([app.get(DigestJob).run(), other.get(DigestJob).run(), app.get(DigestJob).run()]);
  // A timer may have one in hand.
  while ((await app.get(Database).rows(DUE, [clock.now()])).length > 0) await sleep(10);
  await app.drained();
}

const subjects = async (person: LoggedIn): Promise<string[]> =>
  (await app.mails(person.email)).map(({ subject }) => subject);

describe('a mail at once', () => {
  it('says one thing as text and HTML, and how to have no more of them', async () => {
    const person = await loggedIn(app);
    await tell(person, 'tip', { data: { amount: 34800, currency: 'INR' } });
    const [mail] = await app.mails(person.email);
    expect(mail?.subject).toBe('Somebody tipped you INR 348.00');
    const link = linkOf(mail);
    expect(mail?.headers).toEqual({
      'List-Unsubscribe': `<${link}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    });
    expect(link).toMatch(/^http:\/\/localhost:8000\/feed\/api\/notifications\/unsubscribe\/\d+\.tip\.[\w-]{43}\/$/);
    expect(mail?.text).toContain(link);
    expect(mail?.html).toContain(link);
    const list = await person.call('GET', PATH);
    expect(list.json<{ all_list: { emailed: boolean }[] }>().all_list[0]?.emailed).toBe(true);
  });

  it('quotes no title as words of ours: neither markup nor paragraphs', async () => {
    const [creator, fan] = [await aCreator(app), await loggedIn(app)];
    await fan.call('POST', `/feed/api/follow/${creator.id}`);
    await put(fan, { preferences: [{ kind: 'post', mail: 'immediate' }] });
    await aPost(app, creator, { title: '<b>Hats</b>\n\nYour account is locked.' });
    const [mail] = await app.mails(fan.email);
    expect(mail?.text).toContain('published “<b>Hats</b> Your account is locked.”.\n\n');
    expect(mail?.html).toContain('published “&lt;b&gt;Hats&lt;/b&gt; Your account is locked.”.</p>');
    expect(mail?.html).not.toContain('<b>');
  });

  it('is sent once, however often it is asked for, and by whom', async () => {
    const person = await loggedIn(app);
    await tell(person, 'grace');
    await app.drained();
    const list = await person.call('GET', PATH);
    const notification_ids = list.json<{ all_list: { id: number }[] }>().all_list.map(({ id }) => id);
    const ask = () => [app, other, app, other].map((one) => one.get(MailDueListener).send({ notification_ids }));
    await Promise.all(ask());
    expect(await subjects(person)).toHaveLength(1);
    // All of them find it unsent, and one sends it.
    await app.get(Database).execute(UNSENT, [person.id]);
    await Promise.all(ask());
    expect(await subjects(person)).toHaveLength(2);
    const [fresh] = [await loggedIn(app)];
    facts += 1;
    const notice = { kind: 'tip', factKey: `test:${facts}`, actorId: null } as const;
    await Promise.all(
      Array.from({ length: 10 }, (_, at) => (at % 2 ? app : other).get(NoticeWriter).tell(notice, [fresh.id])),
    );
    expect(await subjects(fresh)).toHaveLength(1);
    const bell = await fresh.call('GET', PATH);
    expect(bell.json()).toMatchObject({ unread_count: 1, all_count: 1 });
  });

  it('goes to no mailbox that nobody has proven', async () => {
    const person = await loggedIn(app, { emailVerified: false });
    await tell(person, 'tip');
    await tell(person, 'security', { data: { event: 'new-device' } });
    await tell(person, 'comment');
    advanceTo(9, 1);
    await digest();
    expect(await subjects(person)).toEqual(['Confirm your e-mail address']);
  });

  it('warns of what may be a thief, without a way to be spared', async () => {
    const person = await loggedIn(app);
    const sessions = '/authenticate/sessions/';
    const username = (await app.get(AccountService).findById(person.id))?.username;
    const payload = { username, password: 'correct-Horse-7-battery' };
    await app.inject({ method: 'POST', url: '/authenticate/api/token/', payload, headers: { 'user-agent': 'curl/8' } });
    expect((await person.call('DELETE', sessions)).statusCode).toBe(204);
    expect((await person.call('DELETE', sessions)).statusCode).toBe(204);
    const mails = await app.mails(person.email);
    expect(mails.map(({ subject, headers }) => [subject, headers]).sort()).toEqual([
      ['Sessions of your account were ended from another one', undefined],
      ['Your account was signed in to from a new device', undefined],
    ]);
    expect(mails[0]?.text).toContain('change your password at once');
  });

  it('is not sent where another mail says the same', async () => {
    const person = await loggedIn(app);
    const [old_password, password] = ['correct-Horse-7-battery', 'another-Horse-8-battery'];
    const body = { old_password, new_password1: password, new_password2: password };
    expect((await person.call('POST', '/authenticate/rest-auth/password/change/', body)).statusCode).toBe(200);
    expect(await subjects(person)).toEqual(['Your password was changed']);
    const bell = await person.call('GET', PATH);
    expect(bell.json()).toMatchObject({ unread_list: [{ data: { event: 'password-changed' } }] });
  });
});

describe('the daily mail', () => {
  it('comes once at nine, with what is not read yet', async () => {
    const [person, reader, nobody] = [await loggedIn(app), await loggedIn(app), await loggedIn(app)];
    advanceTo(10);
    for (const kind of ['comment', 'follow', 'like', 'member'] as const) await tell(person, kind);
    await tell(reader, 'comment');
    await reader.call('POST', `${PATH}read-all/`);
    advanceTo(8, 59);
    await digest();
    expect(await subjects(person)).toEqual([]);
    advanceTo(9, 1);
    await digest();
    await digest();
    const [mail, ...more] = await app.mails(person.email);
    expect([mail?.subject, more]).toEqual(['You have 3 notifications', []]);
    expect(mail?.text).toContain(
      'Somebody joined a tier.\n\nSomebody started following you.\n\nSomebody commented on a post.',
    );
    expect(linkOf(mail)).toMatch(/\/\d+\.digest\.[\w-]{43}\/$/);
    expect(await subjects(reader)).toEqual([]);
    expect(await subjects(nobody)).toEqual([]);

    await tell(person, 'comment');
    await digest();
    clock.advance(HOUR_MS);
    await digest();
    expect(await subjects(person)).toHaveLength(1);
    advanceTo(9, 1);
    await digest();
    expect(await subjects(person)).toEqual(['You have 3 notifications', 'Somebody commented on a post']);
    advanceTo(9, 1);
    await digest();
    expect(await subjects(person)).toHaveLength(2);
  });

  it('comes at nine where the reader lives, also after a move', async () => {
    const [kolkata, mover] = [await loggedIn(app), await loggedIn(app)];
    await app.get(AccountService).updateProfile(kolkata.id, { timeZone: 'Asia/Kolkata' });
    await app.drained();
    advanceTo(10);
    await tell(kolkata, 'comment');
    await tell(mover, 'comment');
    await app.get(AccountService).updateProfile(mover.id, { timeZone: 'Asia/Tokyo' });
    await app.drained();
    advanceTo(0, 1);
    await digest();
    expect([await subjects(kolkata), await subjects(mover)].map(({ length }) => length)).toEqual([0, 1]);
    advanceTo(3, 31);
    await digest();
    await app.get(AccountService).updateProfile(mover.id, { timeZone: 'America/New_York' });
    await tell(mover, 'comment');
    await app.drained();
    advanceTo(14, 1);
    await digest();
    expect([await subjects(kolkata), await subjects(mover)].map(({ length }) => length)).toEqual([1, 1]);
  });

  it('names no post that its reader may not see any more', async () => {
    const [creator, fan] = [await aCreator(app), await loggedIn(app)];
    await fan.call('POST', `/feed/api/follow/${creator.id}`);
    const [kept, gone] = [await aPost(app, creator, { title: 'Kept' }), await aPost(app, creator, { title: 'Wombat' })];
    await app.drained();
    await creator.call('DELETE', `/content/api/content/${gone.id}/`);
    advanceTo(9, 1);
    await digest();
    const [mail] = await app.mails(fan.email);
    expect(mail?.text).toContain(`“${kept.title}”`);
    expect(JSON.stringify(mail)).not.toContain('Wombat');
  });

  it('has what would have rung at night', async () => {
    const person = await loggedIn(app);
    expect((await put(person, { quiet_hours: { from: 22, until: 7 } })).statusCode).toBe(200);
    advanceTo(23);
    await tell(person, 'tip', { data: { amount: 100, currency: 'INR' } });
    await tell(person, 'security', { data: { event: 'new-device' } });
    expect(await subjects(person)).toEqual(['Your account was signed in to from a new device']);
    advanceTo(9, 1);
    await tell(person, 'tip', { data: { amount: 200, currency: 'INR' } });
    await digest();
    expect((await subjects(person)).sort()).toEqual([
      'Somebody tipped you INR 1.00',
      'Somebody tipped you INR 2.00',
      'Your account was signed in to from a new device',
    ]);
  });
});

describe('out of the mails', () => {
  const ONE_CLICK = { 'content-type': 'application/x-www-form-urlencoded' };
  const post = (url: string, headers: Record<string, string> = ONE_CLICK) =>
    app.inject({ method: 'POST', url, headers, payload: 'List-Unsubscribe=One-Click' });
  const mailOf = async (person: LoggedIn, kind: NotificationKind): Promise<string> => {
    const { preferences } = (await person.call('GET', `${PATH}preferences/`)).json<PreferencesResponse>();
    return preferences.find((one) => one.kind === kind)?.mail ?? '';
  };

  it('one click of the mail program ends a kind, without a login, and looking at the page does not', async () => {
    const person = await loggedIn(app);
    await tell(person, 'tip');
    const url = new URL(linkOf((await app.mails(person.email))[0])).pathname;
    for (const method of ['GET', 'HEAD'] as const) expect((await app.inject({ method, url })).statusCode).toBe(200);
    const shown = await app.inject({ method: 'GET', url });
    expect([shown.headers['content-type'], shown.body.includes('<form method="post">')]).toEqual([
      'text/html; charset=utf-8',
      true,
    ]);
    expect(await mailOf(person, 'tip')).toBe('immediate');
    for (let times = 0; times < 2; times += 1) {
      const answer = await post(url);
      expect([answer.statusCode, answer.json()]).toEqual([200, { detail: 'You get no more mails of the kind “tip”.' }]);
    }
    expect(await mailOf(person, 'tip')).toBe('off');
    await tell(person, 'tip');
    expect(await subjects(person)).toHaveLength(1);
    expect((await person.call('GET', PATH)).json()).toMatchObject({ all_count: 2 });
    const page = await post(url, { ...ONE_CLICK, accept: 'text/html' });
    expect([page.statusCode, page.body.includes('Done')]).toEqual([200, true]);
    expect((await app.inject({ method: 'POST', url })).statusCode).toBe(200);
  });

  it('takes the click as a form of either kind: mail programs send both', async () => {
    const person = await loggedIn(app);
    await tell(person, 'tip');
    const link = new URL(linkOf((await app.mails(person.email))[0]));
    const body = new FormData();
    body.append('List-Unsubscribe', 'One-Click');
    const answer = await fetch(`${await app.url()}${link.pathname}`, { method: 'POST', body });
    expect([answer.status, await answer.json()]).toEqual([200, { detail: 'You get no more mails of the kind “tip”.' }]);
    expect(await mailOf(person, 'tip')).toBe('off');
  });

  it('one click ends the daily mails, those of the night among them, also one that waits', async () => {
    const person = await loggedIn(app);
    await put(person, { quiet_hours: { from: 0, until: 8 } });
    await tell(person, 'comment');
    advanceTo(9, 1);
    await digest();
    const url = new URL(linkOf((await app.mails(person.email))[0])).pathname;
    await tell(person, 'follow');
    expect((await post(url)).statusCode).toBe(200);
    advanceTo(5);
    for (const kind of KINDS.filter((one) => one !== 'security')) await tell(person, kind);
    advanceTo(9, 1);
    await digest();
    expect(await subjects(person)).toHaveLength(1);
    expect(await mailOf(person, 'security')).toBe('immediate');
  });

  it('takes no token but ours, and says nothing of accounts', async () => {
    const [person, victim] = [await loggedIn(app), await loggedIn(app)];
    await tell(person, 'tip');
    const url = new URL(linkOf((await app.mails(person.email))[0])).pathname;
    const forged = [
      url.replace(`/${person.id}.`, `/${victim.id}.`),
      url.replace('.tip.', '.security.'),
      url.replace('.tip.', '.digest.'),
      `${PATH}unsubscribe/${'x'.repeat(400)}/`,
      `${PATH}unsubscribe/%00/`,
      `${PATH}unsubscribe/1.tip./`,
    ];
    for (const address of forged) {
      const answer = await post(address);
      expect([address, answer.statusCode, answer.json()]).toEqual([address, 404, { detail: 'Not found.' }]);
      expect((await app.inject({ method: 'GET', url: address })).statusCode).toBe(404);
    }
    expect(await mailOf(victim, 'tip')).toBe('immediate');
    await app.get(AccountService).close(person.id);
    expect((await post(url)).statusCode).toBe(200);
  });
});

describe('preferences', () => {
  it('are everybody’s until one says otherwise, kind by kind and way by way', async () => {
    const person = await loggedIn(app);
    const before = (await person.call('GET', `${PATH}preferences`)).json<PreferencesResponse>();
    expect(before).toMatchObject({ time_zone: 'UTC', digest_hour: 9, quiet_hours: null });
    expect(before.preferences.map(({ kind }) => kind)).toEqual(KINDS);
    const changed = await put(person, {
      preferences: [
        { kind: 'comment', bell: false },
        { kind: 'like', mail: 'immediate' },
      ],
    });
    expect(changed.statusCode).toBe(200);
    const { preferences } = changed.json<PreferencesResponse>();
    expect(preferences.find(({ kind }) => kind === 'comment')).toEqual({
      kind: 'comment',
      bell: false,
      mail: 'daily',
      locked: false,
    });
    expect(preferences.find(({ kind }) => kind === 'like')).toEqual({
      kind: 'like',
      bell: true,
      mail: 'immediate',
      locked: false,
    });
    const sentBack = await put(person, changed.json<PreferencesResponse>());
    expect([sentBack.statusCode, sentBack.json()]).toEqual([200, changed.json()]);
    expect((await person.call('GET', `${PATH}preferences`)).json()).toEqual(changed.json());
  });

  it('mute what they say: the bell, the mail, or both', async () => {
    const person = await loggedIn(app);
    await put(person, {
      preferences: [
        { kind: 'like', bell: false, mail: 'immediate' },
        { kind: 'tip', bell: false, mail: 'off' },
      ],
    });
    await tell(person, 'like');
    await tell(person, 'tip');
    expect(await subjects(person)).toEqual(['Somebody liked a post']);
    expect((await person.call('GET', PATH)).json()).toMatchObject({ unread_count: 0, all_count: 0, all_list: [] });
    advanceTo(9, 1);
    await put(person, { preferences: [{ kind: 'like', bell: false, mail: 'daily' }] });
    await tell(person, 'like');
    advanceTo(9, 1);
    await digest();
    expect(await subjects(person)).toHaveLength(2);
  });

  it.each<[object, object]>([
    [
      { preferences: [{ kind: 'security', bell: false }] },
      { preferences: { 0: { bell: ["Security notices can't be muted."] } } },
    ],
    [
      { preferences: [{ kind: 'security', mail: 'off' }] },
      { preferences: { 0: { mail: ["Security notices can't be muted."] } } },
    ],
    [{ preferences: [{ kind: 'parade' }] }, { preferences: { 0: { kind: ['"parade" is not a valid choice.'] } } }],
    [
      { preferences: [{ kind: 'like' }, { kind: 'like' }] },
      { preferences: { 1: { kind: ['This kind is named twice.'] } } },
    ],
    [
      { preferences: [{ kind: 'like', mail: 'weekly' }] },
      { preferences: { 0: { mail: ['"weekly" is not a valid choice.'] } } },
    ],
    [{ preferences: [{ kind: 'like', sms: true }] }, { preferences: { 0: { sms: ['Unknown field.'] } } }],
    [{ preferences: 'all' }, { preferences: ['Expected a list of items but got type "str".'] }],
    [
      { quiet_hours: { from: 24, until: 7 } },
      { quiet_hours: { from: ['Ensure this value is less than or equal to 23.'] } },
    ],
    [
      { quiet_hours: { from: 5, until: 5 } },
      { quiet_hours: { until: ['This must be another hour than the one they begin at.'] } },
    ],
    [{ quiet_hours: { from: 22 } }, { quiet_hours: { until: ['This field is required.'] } }],
    [
      { quiet_hours: [] },
      { quiet_hours: { non_field_errors: ['Invalid data. Expected a dictionary, but got list.'] } },
    ],
  ])('refuse %j', async (body, fields) => {
    const person = await loggedIn(app);
    const answer = await put(person, body);
    expect([answer.statusCode, answer.json()]).toEqual([400, fields]);
  });

  it('go with the account', async () => {
    const person = await loggedIn(app);
    await put(person, { preferences: [{ kind: 'like', bell: false }], quiet_hours: { from: 1, until: 2 } });
    await app.get(AccountService).close(person.id);
    await app.drained();
    expect((await put(person, {})).statusCode).toBe(401);
  });
});

function linkOf(mail: Mail | undefined): string {
  return /^<(.*)>$/.exec(mail?.headers?.['List-Unsubscribe'] ?? '')?.[1] ?? '';
}
