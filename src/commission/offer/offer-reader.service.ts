import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import type { Principal } from '../../common/current-user';
import { forbidden, notFound } from '../../common/domain-error';
import { mapPage, type Page, pageOf, type PageQuery, parsePage, parseShallowPage } from '../../common/page';
import { MediaLinkService, type MediaView } from '../../content/media/media-link.service';
import type { OwnOfferQuery } from './dto/offer.request';
import { type ListedOffer, OfferRepository } from './offer.repository';

/** An offer with links to its samples, which end after some minutes. */
export interface ShownOffer {
  readonly offer: ListedOffer;
  readonly samples: readonly MediaView[];
  readonly version: number;
}

export interface Deletable {
  readonly deletable: boolean;
  /** Why not. */
  readonly reason: string | null;
}

/** What is offered. */
@Injectable()
export class OfferReaderService {
  constructor(
    private readonly offers: OfferRepository,
    private readonly links: MediaLinkService,
    private readonly clock: Clock,
  ) {}

  /** Of everybody, as far as MOST_PAGED. */
  async all(query: PageQuery, url: URL): Promise<Page<ShownOffer>> {
    const page = parseShallowPage(query);
    return this.shown(pageOf(...(await this.offers.all(page)), page, url));
  }

  /** What somebody offers now. */
  async ofCreator(creatorId: number, query: PageQuery, url: URL): Promise<Page<ShownOffer>> {
    const page = parsePage(query);
    return this.shown(pageOf(...(await this.offers.ofCreator(creatorId, page)), page, url));
  }

  /** Somebody's own: those that can be ordered, or those that are archived. */
  async own(accountId: number, { archived = false, ...query }: OwnOfferQuery, url: URL): Promise<Page<ShownOffer>> {
    if (!archived) return this.ofCreator(accountId, query, url);
    const page = parsePage(query);
    return this.shown(pageOf(...(await this.offers.archivedOf(accountId, page)), page, url));
  }

  /** An archived one is its creator's alone: 404 for others. */
  async get(id: number, viewer: Principal | undefined): Promise<ShownOffer> {
    const offer = await this.offers.byId(id);
    if (offer === undefined || (offer.archivedAt !== null && offer.creatorId !== viewer?.accountId)) throw notFound();
    return this.show(offer);
  }

  /** Whether to delete it takes it away. 403 for all but its creator. */
  async deletable(id: number, viewer: Principal): Promise<Deletable> {
    const { offer } = await this.get(id, viewer);
    if (offer.creatorId !== viewer.accountId) throw forbidden();
    const orders = await this.offers.ordersOf(id);
    if (orders === 0) return { deletable: true, reason: null };
    const reason = offer.taken > 0 ? `${offer.taken} of its orders are open.` : `It was ordered ${orders} times.`;
    return { deletable: false, reason: `${reason} It can be archived.` };
  }

  private shown(page: Page<ListedOffer>): Page<ShownOffer> {
    return mapPage(page, (offer) => this.show(offer));
  }

  private show(offer: ListedOffer): ShownOffer {
    return { offer, samples: this.links.views(offer.samples, this.clock.now()), version: offer.version };
  }
}
