import { type BeforeApplicationShutdown, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { SessionService } from '../../auth/session/session.service';
import type { Viewer } from '../../content/access/post-access.service';
import { ShutdownService } from '../../infra/health/shutdown.service';
import { BellRepository, type BellPage } from '../bell/bell.repository';
import type { LiveStream, Reading } from './live-stream';
import { NewsService } from './news.service';
import { ReadingTurns } from './reading-turns';
import { tooManyStreams } from './stream.errors';

/** On one instance. */
export const MOST_OF_ACCOUNT = 10;
const MOST_OF_ALL = 10_000;
const AT_ONCE = 2;
const TICK_MS = 1_000;
/** Where nothing brings news every tick asks for them; otherwise this is for what was lost on the way. */
const TICKS_BETWEEN_ASKING = 15;

interface Group {
  readonly streams: Set<LiveStream>;
  version: number | undefined;
}

/** The streams that are open on this instance: woken by news, ended with their sessions and with the application. */
@Injectable()
export class StreamHub implements Reading, OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger(StreamHub.name);
  private readonly groups = new Map<number, Group>();
  private readonly turns = new ReadingTurns(AT_ONCE);
  private timer: NodeJS.Timeout | undefined;
  private ticking: Promise<void> | undefined;
  private ticks = 0;
  private open = 0;

  constructor(
    private readonly bell: BellRepository,
    private readonly news: NewsService,
    private readonly sessions: SessionService,
    private readonly shutdown: ShutdownService,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.shutdown.signal.addEventListener('abort', () => this.endAll());
    this.timer = setInterval(() => this.tick(), TICK_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.endAll();
    await this.ticking;
  }

  get size(): number {
    return this.open;
  }

  /** Throws where the account, or this instance, has as many as it may. */
  expectRoom(accountId: number): void {
    const own = this.groups.get(accountId)?.streams.size ?? 0;
    if (own >= MOST_OF_ACCOUNT || this.open >= MOST_OF_ALL) throw tooManyStreams();
  }

  /** Resolves when no news of this account passes the stream by any more. */
  async add(stream: LiveStream): Promise<void> {
    const { accountId } = stream.viewer;
    const group = this.groups.get(accountId) ?? { streams: new Set(), version: undefined };
    this.groups.set(accountId, group);
    group.streams.add(stream);
    this.open += 1;
    await this.news.listen((accountIds) => this.wake(accountIds));
    // Its reader may have gone before anybody listened for that.
    if (!stream.isOpen) this.remove(stream);
  }

  /** Repeatable. */
  remove(stream: LiveStream): void {
    const group = this.groups.get(stream.viewer.accountId);
    if (group === undefined || !group.streams.delete(stream)) return;
    this.open -= 1;
    if (group.streams.size === 0) this.groups.delete(stream.viewer.accountId);
  }

  get ending(): boolean {
    return this.shutdown.ending;
  }

  since(viewer: Viewer, id: number, limit: number): Promise<BellPage> {
    return this.turns.take(() => this.bell.since(viewer, this.clock.now(), id, limit));
  }

  failed(error: unknown): void {
    this.logger.warn(`a stream ended: ${String(error)}`);
  }

  private wake(accountIds: readonly number[]): void {
    for (const id of accountIds) for (const stream of this.groups.get(id)?.streams ?? []) stream.wake();
  }

  private endAll(): void {
    for (const stream of this.all()) stream.end();
  }

  private all(): LiveStream[] {
    return [...this.groups.values()].flatMap(({ streams }) => [...streams]);
  }

  private tick(): void {
    if (this.open === 0) return;
    for (const stream of this.all()) stream.tick();
    this.ticks += 1;
    this.ticking ??= this.ask()
      .catch((error: unknown) => this.logger.warn(`streams were not looked after: ${String(error)}`))
      .finally(() => {
        this.ticking = undefined;
      });
  }

  private async ask(): Promise<void> {
    await this.endWithSessions();
    if (!this.news.complete || this.ticks % TICKS_BETWEEN_ASKING === 0) await this.askForNews();
  }

  private async endWithSessions(): Promise<void> {
    const streams = this.all();
    const alive = await this.sessions.alive([...new Set(streams.map(({ sessionId }) => sessionId))]);
    for (const stream of streams) if (!alive.has(stream.sessionId)) stream.end();
  }

  private async askForNews(): Promise<void> {
    const versions = await this.bell.versions([...this.groups.keys()]);
    for (const [accountId, version] of versions) {
      const group = this.groups.get(accountId);
      if (group === undefined || group.version === version) continue;
      group.version = version;
      for (const stream of group.streams) stream.wake();
    }
  }
}
