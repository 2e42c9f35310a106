const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * While the app boots nobody listens for signals yet: one would end the process at once and leave the server behind.
 * As soon as anybody else listens, ending is their business.
 */
export class SignalGuard {
  private installed = false;

  constructor(private readonly release: () => Promise<void>) {}

  install(): void {
    if (this.installed) return;
    this.installed = true;
    for (const signal of SIGNALS) process.on(signal, this.listener);
  }

  remove(): void {
    this.installed = false;
    for (const signal of SIGNALS) process.removeListener(signal, this.listener);
  }

  private readonly listener = (signal: NodeJS.Signals): void => {
    if (process.listenerCount(signal) > 1) return;
    void this.release().finally(() => {
      this.remove();
      process.kill(process.pid, signal);
    });
  };
}
