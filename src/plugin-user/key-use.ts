import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../common/clock';
import { PluginKeyRepository } from './plugin-key.repository';

/** How exactly the last use of a key is known. A request in ten minutes writes, the others only look here. */
const PRECISION_MS = 10 * 60 * 1000;

/** Notes when each key was last used, so that an administrator sees which of them can be retired. */
@Injectable()
export class KeyUse {
  private readonly logger = new Logger(KeyUse.name);
  private readonly noted = new Map<number, number>();

  constructor(
    private readonly keys: PluginKeyRepository,
    private readonly clock: Clock,
  ) {}

  /** Never throws: a note that can't be written is no reason to refuse a token. */
  async note(keyId: number): Promise<void> {
    const now = this.clock.now();
    if (now.getTime() - (this.noted.get(keyId) ?? -Infinity) < PRECISION_MS) return;
    this.noted.set(keyId, now.getTime());
    try {
      await this.keys.used(keyId, now, new Date(now.getTime() - PRECISION_MS));
    } catch (error) {
      this.noted.delete(keyId);
      this.logger.warn(`the use of plugin key ${keyId} was not noted: ${String(error)}`);
    }
  }
}
