import { Injectable } from '@nestjs/common';
import { type FieldErrors, invalid } from '../../common/domain-error';
import { Settings } from '../../infra/config/settings';
import { OutboundClient } from '../../infra/outbound/outbound-client';

interface SentUrls {
  readonly url?: string;
  readonly events_url?: string | null;
  readonly openedx?: { readonly base_url: string } | null;
}

/** Which URLs of an LMS may be called. */
@Injectable()
export class LmsUrls {
  private readonly ownOrigin: string;

  constructor(
    private readonly outbound: OutboundClient,
    { publicUrl }: Settings,
  ) {
    this.ownOrigin = publicUrl.origin;
  }

  /** Outside units of work. @throws DomainError 400 that names the fields */
  async check({ url, events_url: eventsUrl, openedx }: SentUrls): Promise<void> {
    const faults: FieldErrors = {};
    const asked = [url, eventsUrl, openedx?.base_url].map((one) => this.fault(one));
    const [plugin, events, base] = await Promise.all(asked);
    if (plugin !== undefined) faults['url'] = [plugin];
    if (events !== undefined) faults['events_url'] = [events];
    if (base !== undefined) faults['openedx'] = { base_url: [base] };
    if (Object.keys(faults).length > 0) throw invalid(faults);
  }

  /** To itself it would be a sender, whose enrolments never end. */
  private async fault(url: string | null | undefined): Promise<string | undefined> {
    if (url === null || url === undefined) return undefined;
    if (new URL(url).origin === this.ownOrigin) return 'This server is no LMS.';
    return this.outbound.refusal(url);
  }
}
