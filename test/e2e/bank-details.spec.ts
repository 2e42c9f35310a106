import { AccountService } from '../../src/auth/account/account.service';
import { Database, statement } from '../../src/infra/database/database';
import { OutboxService } from '../../src/infra/outbox/outbox.service';
import type { BankDetailsResponse } from '../../src/subscription/bank-details/dto/bank-details.response';
import { BankDetailsChanged } from '../../src/subscription/events/bank-details-changed.event';
import { administrator, loggedIn, type LoggedIn } from '../factories/administrator';
import { aCreator } from '../factories/tier';
import { startTestApp, type TestApp } from '../setup/test-app';

const DETAILS = '/subscriptions/api/bankdetails/';
const NOT_FOUND = { detail: 'Not found.' };
const FORBIDDEN = { detail: 'You do not have permission to perform this action.' };
const GIVEN = { non_field_errors: ['Bank details of this creator already exist.'] };
const NUMBER_FAULT = 'Enter a valid account number: 9 to 18 digits.';
const ROWS = statement('test.bank-details', 'select * from bank_details where account_id = $1');
const OUTBOX = statement('test.bank-details-outbox', 'select payload from outbox_delivery');

const HDFC = {
  ifscCode: 'hdfc0001234',
  accountNumber: '5010 0012-345678',
  BankName: ' HDFC Bank ',
  accountHolderName: 'Asha Rao',
};
const SHOWN = {
  ifscCode: 'HDFC0001234',
  accountNumber: 'XXXXXXXX5678',
  BankName: 'HDFC Bank',
  accountHolderName: 'Asha Rao',
};

let app: TestApp;
let admin: LoggedIn;
let other: LoggedIn;
let creator: LoggedIn;
let facts: object[];

beforeAll(async () => {
  app = await startTestApp();
  admin = await administrator(app);
  other = await aCreator(app);
});

beforeEach(async () => {
  creator = await aCreator(app);
  facts = [];
  const outbox = app.get(OutboxService);
  const publish = outbox.publish.bind(outbox);
  jest.spyOn(outbox, 'publish').mockImplementation((fact) => {
    if (fact.topic === BankDetailsChanged.topic) facts.push(fact.payload);
    return publish(fact);
  });
});

afterEach(() => jest.restoreAllMocks());

const at = (id: number) => `${DETAILS}${id}/`;
const rows = (accountId: number) => app.get(Database).rows<{ sealed: string }>(ROWS, [accountId]);
const subjects = async ({ email }: LoggedIn) => (await app.mails(email)).map(({ subject }) => subject);
const told = (change: string, { id }: LoggedIn = creator) => ({
  account_id: id,
  change,
  at: expect.any(String) as string,
});

async function given(who = creator, details: object = HDFC): Promise<BankDetailsResponse> {
  const answer = await who.call('POST', DETAILS, details);
  expect(answer.statusCode).toBe(201);
  return answer.json<BankDetailsResponse>();
}

describe('giving bank details', () => {
  it('answers them as they are kept, but for the number', async () => {
    const answer = await creator.call('POST', DETAILS, HDFC);
    const id = answer.json<BankDetailsResponse>().id;
    const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/) as string;
    const shown = { id, ...SHOWN, created_at: instant, updated_at: instant };
    expect([answer.statusCode, answer.json<object>()]).toEqual([201, shown]);
    expect((await creator.call('GET', at(id))).json<object>()).toEqual(answer.json());
  });

  it('keeps them so that nobody reads them in the table or on the way', async () => {
    await given();
    expect(await rows(creator.id)).toHaveLength(1);
    const text = JSON.stringify([await rows(creator.id), await app.get(Database).rows(OUTBOX)]);
    expect(text).not.toMatch(/50100012345678|5678|HDFC|Asha/);
  });

  it('is told to the owner and to who pays, without them', async () => {
    await given();
    expect(facts).toEqual([told('created')]);
    const [mail, ...more] = await app.mails(creator.email);
    expect([mail?.subject, more]).toEqual(['Your bank details were added', []]);
    expect(`${mail?.text}${mail?.html}`).not.toMatch(/5678|HDFC|Asha/);
  });

  it('a second time is refused', async () => {
    const { id } = await given();
    const answer = await creator.call('POST', DETAILS, { ...HDFC, accountNumber: '999999999' });
    expect([answer.statusCode, answer.json<object>()]).toEqual([400, GIVEN]);
    expect((await creator.call('GET', at(id))).json<object>()).toMatchObject(SHOWN);
    expect(facts).toHaveLength(1);
  });

  it('ten times at once is once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => creator.call('POST', DETAILS, HDFC)));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, ...Array<number>(9).fill(400)]);
    expect(await rows(creator.id)).toHaveLength(1);
    expect(await subjects(creator)).toHaveLength(1);
  });

  it('again under the same Idempotency-Key gets the first answer, and under another it is refused', async () => {
    const send = (key: string) => creator.call('POST', DETAILS, HDFC, { 'idempotency-key': key });
    const first = await send('a');
    const again = await send('a');
    expect([again.statusCode, again.body, again.headers['idempotent-replayed']]).toEqual([201, first.body, 'true']);
    expect((await send('b')).statusCode).toBe(400);
    expect(facts).toHaveLength(1);
  });

  it('is for creators', async () => {
    const person = await loggedIn(app);
    for (const answer of [await person.call('POST', DETAILS, HDFC), await person.call('GET', DETAILS)]) {
      expect([answer.statusCode, answer.json<object>()]).toEqual([403, FORBIDDEN]);
    }
    expect((await app.inject({ method: 'POST', url: DETAILS, payload: HDFC })).statusCode).toBe(401);
  });

  it.each([
    [{ ifscCode: undefined }, { ifscCode: ['This field is required.'] }],
    [{ ifscCode: 'HDFC1001234' }, { ifscCode: ['Enter a valid IFSC code.'] }],
    [{ ifscCode: 'HDFC000123' }, { ifscCode: ['Enter a valid IFSC code.'] }],
    [{ ifscCode: null }, { ifscCode: ['This field may not be null.'] }],
    [{ accountNumber: undefined }, { accountNumber: ['This field is required.'] }],
    [{ accountNumber: '12345678' }, { accountNumber: [NUMBER_FAULT] }],
    [{ accountNumber: '1'.repeat(19) }, { accountNumber: [NUMBER_FAULT] }],
    [{ accountNumber: 'XXXXXXXX5678' }, { accountNumber: [NUMBER_FAULT] }],
    [{ accountNumber: 123456789012345678n }, { accountNumber: ['Not a valid string.'] }],
    [{ accountNumber: ['5'] }, { accountNumber: ['Not a valid string.'] }],
    [{ BankName: '' }, { BankName: ['This field may not be blank.'] }],
    [{ BankName: undefined, bankName: 'HDFC' }, { BankName: ['This field is required.'] }],
    [{ BankName: 'b'.repeat(101) }, { BankName: ['Ensure this field has no more than 100 characters.'] }],
    [
      { accountHolderName: 'h'.repeat(151) },
      { accountHolderName: ['Ensure this field has no more than 150 characters.'] },
    ],
  ])('%p: 400', async (part, fault) => {
    const text = JSON.stringify({ ...HDFC, ...part }, (_, value: unknown) =>
      typeof value === 'bigint' ? `@${value}@` : value,
    ).replace(/"@(\d+)@"/, '$1');
    const answer = await creator.call('POST', DETAILS, Buffer.from(text), { 'content-type': 'application/json' });
    expect([answer.statusCode, answer.json<object>()]).toEqual([400, fault]);
    expect(await rows(creator.id)).toEqual([]);
  });
});

describe('reading bank details', () => {
  it('lists one’s own', async () => {
    await given(other);
    const empty = { count: 0, next: null, previous: null, results: [] };
    expect((await creator.call('GET', DETAILS)).json<object>()).toEqual(empty);
    const mine = await given();
    expect((await creator.call('GET', DETAILS)).json<object>()).toEqual({ ...empty, count: 1, results: [mine] });
    expect((await admin.call('GET', DETAILS)).statusCode).toBe(403);
    expect((await creator.call('GET', `${DETAILS}?page=2`)).statusCode).toBe(404);
    expect((await app.inject({ url: DETAILS })).statusCode).toBe(401);
  });

  it('goes on for who is no creator any more', async () => {
    const { id } = await given();
    await app.get(AccountService).updateProfile(creator.id, { isCreator: false });
    expect((await creator.call('GET', DETAILS)).json<object>()).toMatchObject({ count: 1 });
    expect((await creator.call('DELETE', at(id))).statusCode).toBe(204);
    expect((await creator.call('GET', DETAILS)).statusCode).toBe(403);
  });

  it('is for the owner and for administrators: to others they are not there', async () => {
    const mine = await given();
    expect((await admin.call('GET', at(mine.id))).json<object>()).toEqual(mine);
    const support = await loggedIn(app, { roles: ['support'] });
    for (const who of [other, support]) {
      for (const method of ['GET', 'PATCH', 'DELETE'] as const) {
        const answer = await who.call(method, at(mine.id), method === 'PATCH' ? { BankName: 'Mine' } : undefined);
        expect([answer.statusCode, answer.json<object>()]).toEqual([404, NOT_FOUND]);
      }
    }
    expect((await app.inject({ url: at(mine.id) })).statusCode).toBe(401);
    for (const id of ['999999', '0', 'x']) {
      expect((await creator.call('GET', `${DETAILS}${id}/`)).statusCode).toBe(404);
    }
  });
});

describe('changing bank details', () => {
  it('changes what is given', async () => {
    const mine = await given();
    const change = { ifscCode: 'SBIN0ABC123', accountNumber: '111122223333' };
    const answer = await creator.call('PATCH', at(mine.id), change);
    const after = { ...mine, ifscCode: 'SBIN0ABC123', accountNumber: 'XXXXXXXX3333' };
    expect([answer.statusCode, answer.json<object>()]).toEqual([
      200,
      { ...after, updated_at: expect.any(String) as string },
    ]);
    expect((await creator.call('GET', at(mine.id))).json<object>()).toEqual(answer.json());
    expect(facts).toEqual([told('created'), told('changed')]);
    expect(await subjects(creator)).toEqual(['Your bank details were added', 'Your bank details were changed']);
  });

  it('keeps the number that is sent back as it was shown', async () => {
    const mine = await given();
    const body = { ...mine, BankName: 'Bank of HDFC' };
    expect((await creator.call('PATCH', at(mine.id), body)).statusCode).toBe(200);
    expect((await creator.call('PATCH', at(mine.id), { accountNumber: '50100012345678' })).json<object>()).toEqual({
      ...body,
      updated_at: expect.any(String) as string,
    });
    expect(facts).toHaveLength(2);
  });

  it('that are the same tells nobody', async () => {
    const mine = await given();
    for (const body of [{}, mine, HDFC]) {
      const answer = await creator.call('PATCH', at(mine.id), body);
      expect([answer.statusCode, answer.json<object>()]).toEqual([200, mine]);
    }
    expect(facts).toEqual([told('created')]);
    expect(await subjects(creator)).toHaveLength(1);
  });

  it.each([
    [{ accountNumber: 'XXXXXXXX9999' }, { accountNumber: ['Enter the whole account number.'] }],
    [{ accountNumber: 'XXXX5678' }, { accountNumber: [NUMBER_FAULT] }],
    [{ accountNumber: '' }, { accountNumber: ['This field may not be blank.'] }],
    [{ ifscCode: 'nonsense' }, { ifscCode: ['Enter a valid IFSC code.'] }],
    [{ BankName: null }, { BankName: ['This field may not be null.'] }],
  ])('%j: 400', async (body, fault) => {
    const mine = await given();
    const answer = await creator.call('PATCH', at(mine.id), { accountHolderName: 'Changed', ...body });
    expect([answer.statusCode, answer.json<object>()]).toEqual([400, fault]);
    expect((await creator.call('GET', at(mine.id))).json<object>()).toEqual(mine);
  });

  it('by an administrator is told to their owner', async () => {
    const { id } = await given();
    expect((await admin.call('PATCH', at(id), { BankName: 'Right' })).statusCode).toBe(200);
    expect(facts).toEqual([told('created'), told('changed')]);
    expect(await subjects(creator)).toHaveLength(2);
    expect(await subjects(admin)).toEqual([]);
  });
});

describe('removing bank details', () => {
  it('makes room for others', async () => {
    const { id } = await given();
    expect((await creator.call('DELETE', at(id))).statusCode).toBe(204);
    expect((await creator.call('GET', at(id))).statusCode).toBe(404);
    expect(await rows(creator.id)).toEqual([]);
    expect(facts).toEqual([told('created'), told('deleted')]);
    expect(await subjects(creator)).toEqual(['Your bank details were added', 'Your bank details were removed']);
    await given();
  });

  it('is part of closing an account', async () => {
    await given();
    await app.get(AccountService).close(creator.id);
    await app.drained();
    expect(await rows(creator.id)).toEqual([]);
    expect(facts).toEqual([told('created'), told('deleted')]);
  });
});

it('a mailbox that nobody has proven gets no mail', async () => {
  const optional = await startTestApp({ EMAIL_VERIFICATION: 'optional' });
  const unproven = await aCreator(optional, { emailVerified: false });
  expect((await unproven.call('POST', DETAILS, HDFC)).statusCode).toBe(201);
  const mails = await optional.mails(unproven.email);
  expect(mails.filter(({ subject }) => subject.includes('bank'))).toEqual([]);
});
