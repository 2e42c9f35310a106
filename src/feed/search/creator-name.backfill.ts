import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { CreatorNameRepository } from './creator-name.repository';
import { CreatorNameService } from './creator-name.service';

const BATCH = 200;

/** Creators of before there was a search are told of by no fact: at each start those that it lacks are added. */
@Injectable()
export class CreatorNameBackfill implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(CreatorNameBackfill.name);
  private ending = false;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly names: CreatorNameRepository,
    private readonly service: CreatorNameService,
  ) {}

  /** Beside the start, which it doesn't hold up. */
  onApplicationBootstrap(): void {
    this.running = this.run().catch((error: unknown) => this.logger.error(String(error)));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.ending = true;
    await this.running;
  }

  async run(): Promise<void> {
    let last = 0;
    while (!this.ending) {
      const lacking = await this.names.lacking(last, BATCH);
      for (const id of lacking) await this.service.refresh(id);
      const end = lacking.at(-1);
      if (end === undefined || lacking.length < BATCH) return;
      last = end;
    }
  }
}
