import { bellItem, type BellRow } from './bell-item.rules';

const row = (part: Partial<BellRow> = {}): BellRow => ({
  id: 7,
  accountId: 1,
  kind: 'comment',
  unread: 1,
  emailed: 0,
  createdAt: new Date('2026-11-21T09:00:00Z'),
  actorId: 5,
  actor: 'zoe',
  targetType: 'post',
  targetId: 12,
  objectType: 'comment',
  objectId: 33,
  data: '{}',
  title: 'Hats',
  tier: null,
  formerTier: null,
  commentId: 33,
  ...part,
});

it('has the fields of the old bell, in its types', () => {
  expect(bellItem(row())).toEqual({
    id: 7,
    slug: 110916,
    sulg: 110916,
    level: 'info',
    recipient: 1,
    unread: true,
    actor_content_type: 1,
    actor_object_id: '5',
    actor: 'zoe',
    verb: 'commented on',
    description: 'zoe commented on “Hats”.',
    target_content_type: 2,
    target_object_id: '12',
    target: 'Hats',
    action_object_content_type: 3,
    action_object_object_id: '33',
    action_object: 'comment 33',
    timestamp: '2026-11-21T09:00:00.000Z',
    public: true,
    deleted: false,
    emailed: false,
    data: { kind: 'comment' },
  });
});

it('says nothing of a post that its reader may not know of', () => {
  const item = bellItem(row({ title: null }));
  expect(item).toMatchObject({
    target_object_id: null,
    action_object_object_id: null,
    description: 'zoe commented on a post.',
  });
  expect(item).not.toHaveProperty('target');
  expect(item).not.toHaveProperty('action_object');
});

it('says nothing of a comment that is not seen', () => {
  expect(bellItem(row({ commentId: null }))).toMatchObject({ target: 'Hats', action_object_object_id: null });
});

it('names nobody who is gone, and the house where nobody did it', () => {
  expect(bellItem(row({ actor: null }))).toMatchObject({ actor: 'Somebody', actor_object_id: null });
  expect(bellItem(row({ actor: null, actorId: null, kind: 'security' })).actor).toBe('Guildhall');
});

it('gets by with what a newer release has written', () => {
  const item = bellItem(
    row({ kind: 'parade', targetType: 'float', objectType: null, objectId: null, commentId: null }),
  );
  expect(item).toMatchObject({ level: 'info', target_object_id: null, data: { kind: 'parade' } });
});
