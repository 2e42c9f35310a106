import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Principal } from '../../common/current-user';
import { viewerOf } from '../../content/access/post-access.service';
import { BellRepository } from '../bell/bell.repository';
import { lastEventId } from './event-stream.rules';
import { LiveStream } from './live-stream';
import { StreamHub } from './stream-hub';

/** `no`: nginx passes what we write on at once. */
const HEADERS = { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' };

@Injectable()
export class StreamService {
  constructor(
    private readonly bell: BellRepository,
    private readonly hub: StreamHub,
  ) {}

  /** Answers `reply` with a stream that ends with its session, its reader, or the application. Throws 429. */
  async open(user: Principal, reply: FastifyReply): Promise<void> {
    this.hub.expectRoom(user.accountId);
    const { headers, method } = reply.request;
    void reply.headers(HEADERS);
    if (method === 'HEAD') return void (await reply.send());
    reply.hijack();
    const response = reply.raw;
    response.writeHead(200, reply.getHeaders() as Record<string, string>);
    const stream = new LiveStream(viewerOf(user), user.sessionId, response, this.hub);
    response.on('close', () => this.hub.remove(stream));
    // Heard first and read then, so that nothing falls in between.
    await this.hub.add(stream);
    const newest = await this.bell.newestId(user.accountId);
    stream.begin(Math.min(lastEventId(headers['last-event-id']) ?? newest, newest));
    if (this.hub.ending) stream.end();
  }
}
