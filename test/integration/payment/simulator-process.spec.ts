import { join } from 'node:path';
import { PROJECT, startScript } from '../../setup/script-process';

const MAIN = join(PROJECT, 'src/payment/simulator/main.ts');

/** The value printed for a variable. */
const printed = (output: string, name: string): string => new RegExp(`${name}=(\\S+)`).exec(output)?.[1] ?? '';

it('serves with the keys of its environment, or with made-up ones, and prints what the application needs', async () => {
  const simulator = startScript(MAIN, [], { PORT: '0', RAZORPAY_KEY_ID: 'rzp_test_ofThisSpec' });
  await simulator.says('RAZORPAY_WEBHOOK_SECRET=');
  const { output } = simulator;
  const [id, secret] = [printed(output, 'RAZORPAY_KEY_ID'), printed(output, 'RAZORPAY_KEY_SECRET')];
  expect(id).toBe('rzp_test_ofThisSpec');
  const response = await fetch(`${printed(output, 'RAZORPAY_BASE_URL')}/v1/orders`, {
    headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
  });
  expect(await response.json()).toEqual({ entity: 'collection', count: 0, items: [] });
  expect(await simulator.signal('SIGTERM')).toBe(0);
});

it('says what is wrong with its environment', async () => {
  const simulator = startScript(MAIN, [], { PORT: 'many', RAZORPAY_WEBHOOK_URL: 'nonsense' });
  expect(await simulator.end()).toBe(1);
  expect(simulator.output).toContain('PORT must be a whole number');
  expect(simulator.output).toContain('RAZORPAY_WEBHOOK_URL must be a URL');
});
