import { type ClientRequest, type IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { Injectable } from '@nestjs/common';
import { Settings } from '../config/settings';
import { UnitOfWork } from '../database/unit-of-work';
import { isAllowed, isReachable, type Network, networkOf } from './address.rules';
import { addressesOf } from './name-lookup';
import { OutboundFault } from './outbound-fault';
import { urlFault } from './outbound-url.rules';

const TIMEOUT_MS = 10_000;
const MOST_BYTES = 65_536;

export interface OutboundCall {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** From connecting to the end of the answer; ten seconds unless told. */
  readonly timeoutMs?: number;
}

export interface OutboundAnswer {
  readonly status: number;
  /** Its first 64 KiB. */
  readonly body: string;
}

/**
 * Calls URLs that somebody else has chosen. The name is resolved once and the connection made to an address that was
 * looked at; private networks are not reached (but for OUTBOUND_ALLOW), nor plain HTTP outside them; redirects are
 * answers like others. Throws OutboundFault where there was no answer.
 */
@Injectable()
export class OutboundClient {
  private readonly allowed: readonly Network[];

  constructor(
    settings: Settings,
    private readonly unitOfWork: UnitOfWork,
  ) {
    this.allowed = settings.outboundAllow.map(networkOf);
  }

  /** Why the text is no URL that could ever be called; where a name leads is seen only when it is called. */
  fault(url: string): string | undefined {
    return urlFault(url, this.allowed.length > 0) ?? this.literalFault(new URL(url))?.message;
  }

  /**
   * Why the URL would not be called as its name leads now: for whoever registers it. A name that nobody knows at the
   * moment is none of these; what counts is what a call finds.
   */
  async refusal(url: string): Promise<string | undefined> {
    this.unitOfWork.refuseInside('OutboundClient');
    const fault = this.fault(url);
    if (fault !== undefined) return fault;
    const { protocol, hostname } = new URL(url);
    if (literalOf(hostname) !== undefined) return undefined;
    const found = await addressesOf(hostname).catch(() => []);
    const faults = found.map(({ address }) => this.addressFault(address, protocol === 'https:'));
    return faults.find((one) => one !== undefined)?.message;
  }

  call({ url, ...rest }: OutboundCall): Promise<OutboundAnswer> {
    this.unitOfWork.refuseInside('OutboundClient');
    const fault = urlFault(url, this.allowed.length > 0);
    if (fault !== undefined) throw new OutboundFault('url', fault);
    const target = new URL(url);
    const addressFault = this.literalFault(target);
    if (addressFault !== undefined) throw addressFault;
    return this.send(target, target.protocol === 'https:', rest);
  }

  private send(
    target: URL,
    isSecure: boolean,
    { method, headers, body, timeoutMs = TIMEOUT_MS }: Omit<OutboundCall, 'url'>,
  ): Promise<OutboundAnswer> {
    return new Promise((resolve, reject) => {
      const signal = AbortSignal.timeout(timeoutMs);
      const sending: ClientRequest = (isSecure ? httpsRequest : httpRequest)(target, {
        method,
        signal,
        agent: false,
        lookup: this.lookup(isSecure),
        headers: { ...headers, 'user-agent': 'Guildhall', 'content-length': Buffer.byteLength(body ?? '') },
      });
      const fail = (error: Error): void => reject(faultOf(error, signal));
      sending.on('error', fail);
      // Node closes the connection of who answers 101, and tells nobody else.
      sending.on('upgrade', (_, socket) => {
        socket.destroy();
        reject(new OutboundFault('answer', 'The answer was 101, which is none.'));
      });
      // Whatever else ends without a word: a call that never ends would keep its worker for ever.
      signal.addEventListener('abort', () => fail(signal.reason as Error), { once: true });
      sending.on('response', (response) => {
        read(response).then((text) => {
          // Of a longer answer the rest is not wanted.
          sending.destroy();
          resolve({ status: response.statusCode ?? 0, body: text });
        }, fail);
      });
      sending.end(body);
    });
  }

  /** An address in the URL is not looked up. */
  private literalFault({ protocol, hostname }: URL): OutboundFault | undefined {
    const address = literalOf(hostname);
    return address === undefined ? undefined : this.addressFault(address, protocol === 'https:');
  }

  /** What the socket connects to is what was looked at, whatever the name says a moment later. */
  private lookup(isSecure: boolean): LookupFunction {
    return (hostname, options, done) => {
      addressesOf(hostname).then(
        (found) => {
          const [first] = found;
          const faults = found.map(({ address }) => this.addressFault(address, isSecure));
          const fault = faults.find((one) => one !== undefined);
          if (fault !== undefined || first === undefined) {
            return done(fault ?? new OutboundFault('connection', 'The name has no address.'), []);
          }
          return options.all === true ? done(null, found) : done(null, first.address, first.family);
        },
        (error: unknown) => done(error as Error, []),
      );
    };
  }

  private addressFault(address: string, isSecure: boolean): OutboundFault | undefined {
    if (!isReachable(address, this.allowed)) {
      return new OutboundFault('address', 'The URL leads to a private network, which is not called.');
    }
    if (isSecure || isAllowed(address, this.allowed)) return undefined;
    return new OutboundFault('insecure', 'The URL must begin with https://.');
  }
}

/** The address that a host is, where it is no name. */
function literalOf(hostname: string): string | undefined {
  const host = hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 ? undefined : host;
}

async function read(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= MOST_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, MOST_BYTES).toString('utf8');
}

function faultOf(error: Error, signal: AbortSignal): OutboundFault {
  if (error instanceof OutboundFault) return error;
  if (signal.aborted) return new OutboundFault('timeout', 'No answer in time.', { cause: error });
  const { code } = error as NodeJS.ErrnoException;
  return new OutboundFault('connection', `No connection${code === undefined ? '' : ` (${code})`}.`, { cause: error });
}
