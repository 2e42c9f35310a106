import type { ServerResponse } from 'node:http';
import type { Viewer } from '../../content/access/post-access.service';
import { bellItem } from '../bell/bell-item.rules';
import type { BellPage } from '../bell/bell.repository';
import { frame, HEARTBEAT, opening } from './event-stream.rules';

/** How many are read, and so held, at once. */
const PAGE = 50;
/** A reader who has not taken a page after this long is let go, and resumes. */
const PATIENCE_MS = 20_000;
const HEARTBEAT_MS = 15_000;

export interface Reading {
  since(viewer: Viewer, id: number, limit: number): Promise<BellPage>;
  failed(error: unknown): void;
}

/**
 * One open stream. News only wake it: what it sends it reads from the database after what it sent last, a page at a time
 * and the next one when the reader has taken this one. So nothing is missed, and nothing piles up.
 */
export class LiveStream {
  /** Undefined until it begins: what wakes it before then is read from where it begins. */
  private lastId: number | undefined;
  private unread: number | undefined;
  private isWoken = false;
  private isReading = false;
  private wroteAt = performance.now();
  private fullSince: number | undefined;

  constructor(
    readonly viewer: Viewer,
    readonly sessionId: number,
    private readonly response: ServerResponse,
    private readonly reading: Reading,
  ) {}

  /** Sends what came after `id`, and from then on what comes. */
  begin(id: number): void {
    this.lastId = id;
    this.write(opening());
    this.wake();
  }

  wake(): void {
    this.isWoken = true;
    if (!this.isReading && this.lastId !== undefined) void this.read(this.lastId);
  }

  /** A sign of life where nothing else was written for a while; whoever takes nothing is let go. */
  tick(): void {
    const now = performance.now();
    if (this.isOpen && !this.response.writableNeedDrain) this.fullSince = undefined;
    if (this.fullSince !== undefined && now - this.fullSince > PATIENCE_MS) this.response.destroy();
    else if (this.isOpen && now - this.wroteAt >= HEARTBEAT_MS) this.write(HEARTBEAT);
  }

  /** Its connection closes when its reader has taken what was written, which has to be soon. Repeatable. */
  end(): void {
    this.fullSince ??= performance.now();
    this.response.end();
  }

  get isOpen(): boolean {
    return !this.response.writableEnded && !this.response.destroyed;
  }

  private async read(from: number): Promise<void> {
    this.isReading = true;
    let last = from;
    try {
      while (this.isWoken && this.isOpen) {
        this.isWoken = false;
        last = this.send(await this.reading.since(this.viewer, last, PAGE), last);
        this.lastId = last;
        await this.taken();
      }
    } catch (error) {
      this.reading.failed(error);
      // It comes back, and resumes where it was.
      this.response.destroy();
    } finally {
      this.isReading = false;
    }
  }

  /** Gives the id of what was sent last. */
  private send({ unread, rows }: BellPage, before: number): number {
    if (!this.isOpen) return before;
    for (const row of rows) this.write(frame('notification', bellItem(row), row.id));
    const last = rows.at(-1)?.id ?? before;
    if (rows.length === PAGE) this.isWoken = true;
    // With an id, so that whoever loses the connection before the first notification resumes too.
    if (unread !== this.unread) this.write(frame('unread_count', { unread_count: unread }, last));
    this.unread = unread;
    return last;
  }

  private write(text: string): void {
    this.wroteAt = performance.now();
    if (!this.response.write(text)) this.fullSince ??= performance.now();
  }

  /** Resolves when the reader has taken what was written, or is gone. */
  private async taken(): Promise<void> {
    if (this.response.writableNeedDrain && this.isOpen) await drained(this.response);
  }
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}
