import cluster from 'node:cluster';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Settings } from '../../infra/config/settings';
import { type Simulator, startSimulator } from './simulator';

/** Runs the simulator inside this process; of several workers none does, but the process that outlives them. */
@Injectable()
export class SimulatorHost implements OnApplicationShutdown {
  private readonly logger = new Logger(SimulatorHost.name);
  private running: Promise<Simulator> | undefined;

  constructor(private readonly settings: Settings) {}

  /** Its port is the one after ours; where one process serves alone, another if that is taken. */
  async origin(): Promise<string> {
    if (cluster.isWorker) return `http://127.0.0.1:${this.settings.port + 1}`;
    return (await this.simulator()).url;
  }

  /** The one in this process. Throws where real keys are set. */
  simulator(): Promise<Simulator> {
    return (this.running ??= this.start());
  }

  onApplicationShutdown(): Promise<void> {
    return this.close();
  }

  async close(): Promise<void> {
    await (await this.running)?.close();
  }

  private async start(): Promise<Simulator> {
    const { razorpay, port, webConcurrency } = this.settings;
    if (razorpay?.simulated !== true) throw new Error('The simulator runs only where no key of Razorpay is set');
    const { keyId, keySecret, webhookSecrets } = razorpay;
    const options = {
      keyId,
      keySecret,
      webhookSecret: webhookSecrets[0],
      ...(port !== 0 && { webhookUrl: `http://127.0.0.1:${port}/razorpay/webhooks/` }),
    };
    const simulator = await startSimulator({ ...options, port: port === 0 ? 0 : port + 1 }).catch((error: unknown) => {
      if (!isTaken(error) || webConcurrency > 1) throw error;
      return startSimulator(options);
    });
    if (port !== 0) this.logger.log(`no key of Razorpay is set: its simulator serves at ${simulator.url}`);
    return simulator;
  }
}

function isTaken(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
}
