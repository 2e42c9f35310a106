import { type CallOutcome, hasArrived, nextStep, RETRY_DELAYS_MS } from './delivery-schedule.rules';

const answered = (status: number): CallOutcome => ({ status, error: null, isFinal: false });
const lost: CallOutcome = { status: null, error: 'No answer in time.', isFinal: false };

it.each([200, 201, 204, 299])('%i has arrived', (status) => {
  expect(hasArrived(answered(status))).toBe(true);
  expect(nextStep(1, answered(status), 0)).toEqual({ status: 'delivered' });
});

it.each([0, 199, 301, 302, 400, 401, 404, 429, 500, 503])('%i is tried again', (status) => {
  expect(nextStep(1, answered(status), 0)).toEqual({ status: 'pending', delayMs: 5_000 });
});

it('waits as the specification does, ten attempts in all, and then no more', () => {
  const steps = Array.from({ length: 10 }, (_, index) => nextStep(index + 1, lost, 0));
  const seconds = steps.map((step) => ('delayMs' in step ? step.delayMs / 1000 : step.status));
  expect(seconds).toEqual([5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400, 'dead']);
});

it('spreads what failed together by up to a tenth, never earlier', () => {
  for (const [index, delay] of RETRY_DELAYS_MS.entries()) {
    expect(nextStep(index + 1, lost, 0)).toEqual({ status: 'pending', delayMs: delay });
    expect(nextStep(index + 1, lost, 0.999)).toEqual({ status: 'pending', delayMs: Math.round(delay * 1.0999) });
  }
});

it('gives up at once where the server is gone, or the URL is never called', () => {
  expect(nextStep(1, answered(410), 0)).toEqual({ status: 'dead' });
  expect(nextStep(1, { ...lost, isFinal: true }, 0)).toEqual({ status: 'dead' });
});
