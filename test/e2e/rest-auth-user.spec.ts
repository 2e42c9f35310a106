import { PASSWORD } from '../factories/person';
import { keyHeader, RestAuthClient, somebody } from '../integration/auth-rest/rest-auth-client';
import { startTestApp, type TestApp } from '../setup/test-app';

describe('rest-auth/user/ (COMPAT 3.1)', () => {
  let app: TestApp;
  let client: RestAuthClient;

  beforeAll(async () => {
    app = await startTestApp();
    client = new RestAuthClient(app);
  });

  async function change(method: 'PUT' | 'PATCH', key: string, payload: object): Promise<unknown[]> {
    const answer = await client.request(method, 'user/', payload, key);
    return [answer.statusCode, answer.json()];
  }

  it('shows the account to a login key, a bearer token and a cookie', async () => {
    const { key, username, email, userId } = await client.member();
    const expected = {
      pk: userId,
      username,
      email,
      first_name: '',
      last_name: '',
      is_creator: false,
      bio: '',
      profile_pic: '',
      time_zone: 'UTC',
    };
    const payload = { username, password: PASSWORD };
    const token = await app.inject({ method: 'POST', url: '/authenticate/api/token/', payload });
    const cookies = (await app.inject({ method: 'POST', url: '/api/token/', payload })).cookies;
    for (const headers of [
      keyHeader(key),
      { authorization: `Bearer ${token.json<{ access: string }>().access}` },
      { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') },
    ]) {
      const answer = await client.get('user/', { headers });
      expect([answer.statusCode, answer.json()]).toEqual([200, expected]);
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
  });

  it('changes everything but pk and email, by PUT and by PATCH', async () => {
    const { key, email, userId } = await client.member();
    const { username } = somebody();
    const changes = {
      username,
      first_name: 'Zoë',
      last_name: 'O’Hara',
      is_creator: true,
      bio: 'Trains & <b>cakes</b>',
      profile_pic: 'https://images.example.org/zoe.jpg?size=2',
      time_zone: 'Asia/Kolkata',
    };
    const after = { ...changes, pk: userId, email };
    expect(await change('PUT', key, { ...changes, pk: 1, email: 'other@example.org' })).toEqual([200, after]);
    expect((await client.get('user/', { headers: keyHeader(key) })).json()).toEqual(after);
    expect(await change('PATCH', key, { bio: '' })).toEqual([200, { ...after, bio: '' }]);
    expect(await change('PATCH', key, {})).toEqual([200, { ...after, bio: '' }]);
    expect(await change('PATCH', key, { profile_pic: '', email: 'other@example.org' })).toEqual([
      200,
      { ...after, bio: '', profile_pic: '' },
    ]);
    expect((await client.login({ username })).statusCode).toBe(200);
  });

  it('takes an urlencoded form', async () => {
    const { key } = await client.member();
    const answer = await app.inject({
      method: 'PATCH',
      url: '/authenticate/rest-auth/user/',
      payload: 'is_creator=true&time_zone=Europe%2FBerlin',
      headers: { ...keyHeader(key), 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(answer.json()).toMatchObject({ is_creator: true, time_zone: 'Europe/Berlin' });
  });

  it('a creator stays one', async () => {
    const { key } = await client.member();
    expect(await change('PATCH', key, { is_creator: false })).toEqual([
      200,
      expect.objectContaining({ is_creator: false }),
    ]);
    expect(await change('PATCH', key, { is_creator: true })).toEqual([
      200,
      expect.objectContaining({ is_creator: true }),
    ]);
    expect(await change('PATCH', key, { is_creator: false })).toEqual([
      400,
      { is_creator: ["A creator's account can't become an ordinary one again."] },
    ]);
  });

  it.each([
    ['UTC', 'UTC'],
    ['asia/kolkata', expect.stringMatching(/^asia\/kolkata$/i)],
    ['America/Argentina/Buenos_Aires', expect.anything()],
    ['Etc/GMT+5', 'Etc/GMT+5'],
  ])('knows the time zone %p', async (time_zone, stored) => {
    const { key } = await client.member();
    expect(await change('PATCH', key, { time_zone })).toEqual([200, expect.objectContaining({ time_zone: stored })]);
  });

  it.each([
    [{ time_zone: 'Mars/Olympus' }, { time_zone: ['"Mars/Olympus" is not a valid choice.'] }],
    [{ time_zone: '+05:30' }, { time_zone: ['"+05:30" is not a valid choice.'] }],
    [{ time_zone: '' }, { time_zone: ['This field may not be blank.'] }],
    [{ profile_pic: 'javascript:alert(1)' }, { profile_pic: ['Enter a valid URL.'] }],
    [{ is_creator: 'perhaps' }, { is_creator: ['Must be a valid boolean.'] }],
    [{ first_name: 'x'.repeat(151) }, { first_name: ['Ensure this field has no more than 150 characters.'] }],
    [{ username: '' }, { username: ['This field may not be blank.'] }],
    [
      { username: 'two words' },
      {
        username: ['Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters.'],
      },
    ],
    [
      { username: 'somebody.else@example.org' },
      { username: ['A username that is an e-mail address must be your own.'] },
    ],
  ])('refuses %p', async (payload, errors) => {
    const { key } = await client.member();
    expect(await change('PATCH', key, payload)).toEqual([400, errors]);
  });

  it("refuses somebody else's username and takes my own in another case", async () => {
    const [one, two] = [await client.member(), await client.member()];
    expect(await change('PATCH', two.key, { username: one.username.toUpperCase() })).toEqual([
      400,
      { username: ['A user with that username already exists.'] },
    ]);
    const username = two.username.toUpperCase();
    expect(await change('PATCH', two.key, { username })).toEqual([200, expect.objectContaining({ username })]);
  });

  it('PUT needs the username, as a whole representation does', async () => {
    const { key } = await client.member();
    expect(await change('PUT', key, { bio: 'x' })).toEqual([400, { username: ['This field is required.'] }]);
  });

  it('needs a session, and knows no other method', async () => {
    expect((await client.get('user/')).json()).toEqual({ detail: 'Authentication credentials were not provided.' });
    const { key } = await client.member();
    const answer = await client.request('DELETE', 'user/', {}, key);
    expect([answer.statusCode, answer.json()]).toEqual([405, { detail: 'Method "DELETE" not allowed.' }]);
  });
});
