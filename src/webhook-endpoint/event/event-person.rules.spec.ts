import { withoutPerson } from './event-person.rules';
import { eventBody } from './event-type.rules';

const AT = new Date('2026-03-01T12:00:00.000Z');

it('forgets the person, and nothing else', () => {
  const data = { like_id: 7, post_id: 12, account: { id: 7, username: 'asha' } };
  expect(withoutPerson(eventBody('like.created', AT, data), 7)).toBe(
    eventBody('like.created', AT, { ...data, account: null }),
  );
});

it.each([
  [{ like_id: 7, account: { id: 8, username: 'ben' } }],
  [{ like_id: 7, account: null }],
  [{ like_id: 7, post: { id: 7 } }],
  [{ id: 7, username: 'asha', '': ['asha'] }],
])('leaves %j as it is', (data) => {
  const body = eventBody('like.created', AT, data);
  expect(withoutPerson(body, 7)).toBe(body);
});
