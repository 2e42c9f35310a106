import { createSecretKey } from 'node:crypto';
import {
  type FoundSession,
  GRACE_MS,
  hashOf,
  judge,
  type PresentedToken,
  replacedAt,
  rotationEntry,
  ROTATIONS_LENGTH,
  successorOf,
} from './refresh-chain.rules';

const KEYS = ['new', 'old'].map((id) => ({ id, chain: createSecretKey(Buffer.from(`chain key ${id}`)) }));
const [NEW, OLD] = KEYS as [(typeof KEYS)[number], (typeof KEYS)[number]];
const NOW = new Date('2026-03-01T12:00:00.123Z');
const FIRST = '0123456789abcdef0123456789abcdef';

const ago = (milliseconds: number): Date => new Date(NOW.getTime() - milliseconds);

/** The token `steps` rotations after the first. */
function token(steps: number, key = NEW): string {
  return steps === 0 ? FIRST : successorOf(token(steps - 1, key), key.chain);
}

function presented(jti: string, issuedAt = ago(3_600_000)): PresentedToken {
  return { jti, accountId: 7, issuedAt };
}

/** A session whose current token is `jti`; its predecessors were replaced so long ago, newest first. */
function session(jti: string, replaced: number[] = [], other: Partial<FoundSession> = {}): FoundSession {
  return {
    accountId: 7,
    accountIsActive: true,
    tokenHash: hashOf(jti),
    rotations: replaced.map((milliseconds) => rotationEntry(ago(milliseconds))).join(''),
    expiresAt: new Date(NOW.getTime() + 1),
    ended: false,
    ...other,
  };
}

describe('successorOf', () => {
  it('is the same for everyone, 32 hex digits, and another under another key', () => {
    expect(token(1)).toBe(token(1));
    expect(token(1)).toMatch(/^[0-9a-f]{32}$/);
    expect(new Set([FIRST, token(1), token(2), token(1, OLD)]).size).toBe(4);
  });
});

describe('the remembered rotations', () => {
  it('keep milliseconds, newest first', () => {
    const rotations = rotationEntry(NOW) + rotationEntry(ago(5));
    expect([replacedAt(rotations, 1), replacedAt(rotations, 2), replacedAt(rotations, 3)]).toEqual([
      NOW,
      ago(5),
      undefined,
    ]);
  });

  it('are equally wide from 1970 on', () => {
    expect([new Date(0), NOW, new Date('2059-01-01')].map((at) => rotationEntry(at).length)).toEqual([8, 8, 8]);
    expect(ROTATIONS_LENGTH % 8).toBe(0);
  });
});

describe('judge', () => {
  it('hands out the current token within the grace, to the last millisecond', () => {
    const found = session(token(1), [GRACE_MS]);
    const current = { jti: token(1), keyId: 'new', steps: 1 };
    expect(judge(presented(FIRST), found, NOW, KEYS)).toEqual({ kind: 'superseded', current, issuedAt: ago(GRACE_MS) });
  });

  it('takes a token replaced longer ago for a copied one', () => {
    expect(judge(presented(FIRST), session(token(1), [GRACE_MS + 1]), NOW, KEYS)).toEqual({ kind: 'reused' });
  });

  it('gives a straggler the current token though its successor was replaced too', () => {
    const found = session(token(3), [1_000, 2_000, 29_000]);
    const current = { jti: token(3), keyId: 'new', steps: 3 };
    expect(judge(presented(FIRST), found, NOW, KEYS)).toEqual({ kind: 'superseded', current, issuedAt: ago(1_000) });
  });

  it('looks at when the presented token itself was replaced, not at the last rotation', () => {
    expect(judge(presented(FIRST), session(token(2), [1_000, 31_000]), NOW, KEYS)).toEqual({ kind: 'reused' });
  });

  it('beyond what is remembered goes by when the token was issued', () => {
    const eight = [1, 2, 3, 4, 5, 6, 7, 8];
    const found = session(token(10), eight);
    expect(judge(presented(FIRST, ago(GRACE_MS - 1)), found, NOW, KEYS)).toMatchObject({ kind: 'superseded' });
    expect(judge(presented(FIRST, ago(GRACE_MS + 1)), found, NOW, KEYS)).toEqual({ kind: 'reused' });
  });

  it('follows a chain that was made with an older key', () => {
    const found = session(token(1, OLD), [1_000]);
    expect(judge(presented(FIRST), found, NOW, KEYS)).toMatchObject({ current: { jti: token(1, OLD), keyId: 'old' } });
  });

  it('ends nothing for a chain that just went on with a key it was not given yet', () => {
    expect(judge(presented(FIRST), session(token(1, OLD), [GRACE_MS]), NOW, [NEW])).toEqual({ kind: 'unknown' });
    expect(judge(presented(FIRST), session(token(1, OLD), [GRACE_MS + 1]), NOW, [NEW])).toEqual({ kind: 'reused' });
  });

  it('takes a clock that runs ahead for the grace', () => {
    expect(judge(presented(FIRST), session(token(1), [-2_000]), NOW, KEYS)).toMatchObject({ kind: 'superseded' });
  });

  it('takes a token of ours that is nowhere in the chain for a copied one', () => {
    expect(judge(presented('f'.repeat(32)), session(token(1), [31_000]), NOW, KEYS)).toEqual({ kind: 'reused' });
  });

  it.each<[string, FoundSession | undefined, string]>([
    ['no session', undefined, 'unknown'],
    ["somebody else's session", session(FIRST, [], { accountId: 8 }), 'unknown'],
    ['a login key', session(FIRST, [], { tokenHash: null }), 'unknown'],
    ['an expired session', session(FIRST, [], { expiresAt: NOW }), 'unknown'],
    ['an ended session', session(token(1), [1_000], { ended: true }), 'ended'],
    ['an inactive account', session(token(1), [1_000], { accountIsActive: false }), 'ended'],
    ['the current token', session(FIRST), 'current'],
  ])('%s', (_, found, kind) => {
    expect(judge(presented(FIRST), found, NOW, KEYS)).toEqual({ kind });
  });
});
