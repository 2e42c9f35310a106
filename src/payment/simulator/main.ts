import { loadEnvironment } from '../../infra/config/environment';
import { SettingsError } from '../../infra/config/settings';
import { SettingsReader } from '../../infra/config/settings-reader';
import { type Simulator, type SimulatorOptions, startSimulator } from './simulator';

const PORT = 4010;

/** `npm run simulator`: Razorpay in small, until SIGTERM or SIGINT. */
async function main(): Promise<void> {
  const simulator = await startSimulator(optionsFromEnvironment());
  announce(simulator);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void simulator.close());
}

function optionsFromEnvironment(): SimulatorOptions {
  const reader = new SettingsReader(loadEnvironment());
  const options: SimulatorOptions = {
    port: reader.integer('PORT', PORT, 0, 65_535),
    host: reader.text('HOST'),
    keyId: reader.text('RAZORPAY_KEY_ID'),
    keySecret: reader.text('RAZORPAY_KEY_SECRET'),
    webhookSecret: reader.list('RAZORPAY_WEBHOOK_SECRET')[0],
    webhookUrl: reader.url('RAZORPAY_WEBHOOK_URL', ['http:', 'https:'])?.href,
  };
  if (reader.faults.length > 0) throw new SettingsError(reader.faults);
  return options;
}

function announce({ url, keyId, keySecret, webhookSecret }: Simulator): void {
  const lines = [
    '',
    `  Razorpay's simulator is open at ${url}`,
    '',
    '  The application finds it with',
    `    RAZORPAY_BASE_URL=${url}`,
    `    RAZORPAY_KEY_ID=${keyId}`,
    `    RAZORPAY_KEY_SECRET=${keySecret}`,
    `    RAZORPAY_WEBHOOK_SECRET=${webhookSecret}`,
    '',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
