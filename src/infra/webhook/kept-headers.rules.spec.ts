import { keptHeaders } from './kept-headers.rules';

it('keeps what tells a call, and nothing that could be used again', () => {
  const headers = {
    host: 'guildhall.example',
    'content-type': 'application/json',
    'x-razorpay-event-id': 'evt_1',
    'x-lernito-signature': 'aa11',
    'x-razorpay-signature': 'bb22',
    authorization: 'Bearer cc33',
    'proxy-authorization': 'Basic dd44',
    cookie: 'access_token=ee55',
    'set-cookie': ['a=ff66'],
    'plugin-user-token': 'gg77',
    'x-api-key': 'hh88',
  };
  expect(keptHeaders(headers)).toEqual({
    host: 'guildhall.example',
    'content-type': 'application/json',
    'x-razorpay-event-id': 'evt_1',
  });
});

it('keeps a signed time without its signature', () => {
  expect(keptHeaders({ 'x-lernito-timestamp': 't=1700000000,v1=aabb,v2=ccdd' })).toEqual({
    'x-lernito-timestamp': 't=1700000000,v1=…,v2=…',
  });
});

it('has limits', () => {
  const many = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`x-${index}`, 'v'.repeat(2000)]));
  const kept = keptHeaders(many);
  expect(Object.keys(kept)).toHaveLength(40);
  expect(kept['x-0']).toHaveLength(500);
});
