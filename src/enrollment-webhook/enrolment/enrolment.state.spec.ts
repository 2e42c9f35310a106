import {
  changed,
  concernsAccess,
  differs,
  type EnrolmentState,
  heldBy,
  releasedBy,
  snapshot,
  statusAt,
} from './enrolment.state';

const now = new Date('2026-03-01T12:00:00.000Z');
const yesterday = new Date('2026-02-28T12:00:00.000Z');
const tomorrow = new Date('2026-03-02T12:00:00.000Z');
const webhook = { kind: 'webhook', reference: 'lernito' } as const;
const membership = { kind: 'membership', reference: '7' } as const;
const admin = { kind: 'admin', reference: '-' } as const;

function state(part: Partial<EnrolmentState> = {}): EnrolmentState {
  return { status: 'active', mode: 'verified', expiresAt: null, sources: [webhook], ...part };
}

describe('an enrolment’s date', () => {
  it('ends an active one at its instant, and no other', () => {
    expect(statusAt('active', now, now)).toBe('ended');
    expect(statusAt('active', tomorrow, now)).toBe('active');
    expect(statusAt('suspended', yesterday, now)).toBe('suspended');
    expect(statusAt('active', null, now)).toBe('active');
  });
});

describe('a source that takes hold', () => {
  it('adds itself to an active enrolment and changes nothing else', () => {
    expect(heldBy(state(), membership, now)).toEqual(state({ sources: [membership, webhook] }));
  });

  it('changes nothing where it holds already', () => {
    expect(differs(state(), heldBy(state(), webhook, now))).toBe(false);
  });

  it('starts an ended one again in its old mode', () => {
    const before = state({ status: 'ended', sources: [], expiresAt: tomorrow });
    expect(heldBy(before, webhook, now)).toEqual(state({ expiresAt: tomorrow }));
  });

  it('forgets a date that has passed, also where the expiry job has not come by', () => {
    expect(heldBy(state({ status: 'ended', sources: [], expiresAt: yesterday }), webhook, now)).toEqual(state());
    expect(heldBy(state({ expiresAt: yesterday }), webhook, now)).toEqual(state());
  });

  it('never starts a suspended one', () => {
    const before = state({ status: 'suspended', sources: [], expiresAt: yesterday });
    expect(heldBy(before, webhook, now)).toEqual({ ...before, sources: [webhook] });
  });
});

describe('a source that lets go', () => {
  it('ends the enrolment only as the last one', () => {
    const held = state({ sources: [membership, webhook] });
    expect(releasedBy(held, membership)).toEqual(state());
    expect(releasedBy(state(), webhook)).toEqual(state({ status: 'ended', sources: [] }));
    expect(releasedBy(state(), membership)).toEqual(state());
  });

  it('leaves a suspended one suspended', () => {
    expect(releasedBy(state({ status: 'suspended' }), webhook)).toEqual(state({ status: 'suspended', sources: [] }));
  });
});

describe('an administrator', () => {
  it.each([
    ['active', 'suspended'],
    ['active', 'ended'],
    ['suspended', 'active'],
    ['suspended', 'ended'],
    ['ended', 'active'],
    ['ended', 'ended'],
  ] as const)('moves %s to %s', (from, to) => {
    expect(changed(state({ status: from }), { status: to }, admin, now).status).toBe(to);
  });

  it('can’t suspend what has ended', () => {
    expect(() => changed(state({ status: 'ended' }), { status: 'suspended' }, admin, now)).toThrow(
      "An enrolment that is ended can't become suspended.",
    );
  });

  it('ends for every source', () => {
    expect(changed(state(), { status: 'ended' }, admin, now).sources).toEqual([]);
  });

  it('holds what was restored where nothing else does, without a date that has passed', () => {
    const before = state({ status: 'ended', sources: [], expiresAt: yesterday });
    expect(changed(before, { status: 'active' }, admin, now)).toEqual(state({ sources: [admin] }));
    const suspended = state({ status: 'suspended' });
    expect(changed(suspended, { status: 'active' }, admin, now)).toEqual(state());
  });

  it('ends at once with a date that has passed', () => {
    expect(changed(state(), { expiresAt: yesterday }, admin, now)).toEqual(
      state({ status: 'ended', expiresAt: yesterday, sources: [] }),
    );
  });

  it('sets, moves and clears the date and sets the mode', () => {
    expect(changed(state(), { expiresAt: tomorrow }, admin, now)).toEqual(state({ expiresAt: tomorrow }));
    expect(changed(state({ expiresAt: tomorrow }), { expiresAt: null }, admin, now)).toEqual(state());
    expect(changed(state(), { mode: 'honor' }, admin, now)).toEqual(state({ mode: 'honor' }));
  });
});

it('tells changes of access from changes of who holds it', () => {
  const other = state({ sources: [admin, webhook] });
  expect(concernsAccess(state(), other)).toBe(false);
  expect(differs(state(), other)).toBe(true);
  expect(concernsAccess(state(), state({ expiresAt: tomorrow }))).toBe(true);
  expect(concernsAccess(state({ expiresAt: tomorrow }), state({ expiresAt: new Date(tomorrow) }))).toBe(false);
});

it('is kept with its date as ISO 8601', () => {
  expect(snapshot(state({ expiresAt: tomorrow }))).toEqual({
    status: 'active',
    mode: 'verified',
    expires_at: '2026-03-02T12:00:00.000Z',
    sources: ['webhook:lernito'],
  });
});
