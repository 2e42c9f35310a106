import type { ExecutionContext } from '@nestjs/common';
import { markAccess } from '../../common/access';
import { DomainError } from '../../common/domain-error';
import type { Settings } from '../config/settings';
import { FailureLimiter } from '../rate-limit/failure-limiter';
import { MemoryRateStore } from '../rate-limit/memory-rate-store';
import { FAILED_SIGNATURES } from '../rate-limit/rate-limit.policies';
import { type DeliveryProcessor, type InboundCall, SignatureVerifier, type Verification } from './inbound-call';
import type { RejectionLog } from './rejection.log';
import { LARGE_BODY_BYTES, SignatureGuard } from './signature.guard';
import { WebhookSources } from './webhook-sources';

const SMALL = LARGE_BODY_BYTES;
const LARGE = LARGE_BODY_BYTES + 1;
const ADDRESS = '192.0.2.1';

class Routes {
  @markAccess({ kind: 'signed-by', source: 'test' })
  call(): void {}
}

/** Finds genuine what its header says is; counts how often it is asked to look, and to explain. */
class CountingVerifier extends SignatureVerifier<null> {
  readonly secretIds: readonly string[] = [];
  asked = 0;
  explained = 0;

  verify({ headers }: InboundCall): Verification<null> {
    this.asked += 1;
    const terms: readonly string[] = [];
    if (headers['x-is'] === 'genuine') {
      return { genuine: true, document: null, eventKey: 'key', secretId: 'id', signedAt: null, terms };
    }
    return {
      genuine: false,
      fault: String(headers['x-is']),
      error: new DomainError('unauthenticated', 'bare', 'bare'),
      explained: () => {
        this.explained += 1;
        return new DomainError('unauthenticated', 'explained', 'explained');
      },
      counts: headers['x-is'] === 'signature',
      terms,
    };
  }
}

let verifier: CountingVerifier;
let failures: FailureLimiter;
let guard: SignatureGuard;

beforeEach(() => {
  verifier = new CountingVerifier();
  failures = new FailureLimiter(new MemoryRateStore(), { rateLimits: true } as Settings);
  const sources = new WebhookSources();
  sources.register({ name: 'test', verifier, processor: {} as DeliveryProcessor });
  guard = new SignatureGuard(sources, { keep: () => Promise.resolve() } as unknown as RejectionLog, failures);
});

function call(is: 'genuine' | 'signature' | 'malformed', bytes: number): Promise<boolean> {
  const request = { headers: { 'x-is': is }, rawBody: Buffer.alloc(bytes), ip: ADDRESS };
  const context = {
    switchToHttp: () => ({ getRequest: () => request }),
    getHandler: () => Object.getOwnPropertyDescriptor(Routes.prototype, 'call')?.value as object,
  };
  return guard.canActivate(context as unknown as ExecutionContext);
}

async function overTheLimit(): Promise<void> {
  for (let i = 0; i < FAILED_SIGNATURES.limit; i++) await failures.failed('test', ADDRESS);
}

describe('SignatureGuard', () => {
  it('lets genuine calls of any size in', async () => {
    expect(await call('genuine', SMALL)).toBe(true);
    expect(await call('genuine', LARGE)).toBe(true);
  });

  it('does not look at a large call of an address over its limit', async () => {
    await overTheLimit();
    await expect(call('genuine', LARGE)).rejects.toMatchObject({ status: 429 });
    expect(verifier.asked).toBe(0);
  });

  it('looks at a small one: if genuine it passes, else it is not explained', async () => {
    await overTheLimit();
    expect(await call('genuine', SMALL)).toBe(true);
    await expect(call('signature', SMALL)).rejects.toMatchObject({ status: 429 });
    expect(verifier).toMatchObject({ asked: 2, explained: 0 });
  });

  it('explains what is within the limit', async () => {
    await expect(call('signature', SMALL)).rejects.toMatchObject({ code: 'explained' });
  });

  it.each([
    ['signature', SMALL, 429],
    ['signature', LARGE, 429],
    ['malformed', LARGE, 429],
    ['malformed', SMALL, 401],
  ] as const)('after many calls with a bad %s of %d bytes answers %d', async (is, bytes, status) => {
    for (let i = 0; i < FAILED_SIGNATURES.limit; i++) {
      await expect(call(is, bytes)).rejects.toMatchObject({ status: 401 });
    }
    await expect(call(is, bytes)).rejects.toMatchObject({ status });
  });
});
