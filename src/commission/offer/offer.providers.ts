import type { Provider, Type } from '@nestjs/common';
import { CommissionOffer } from './commission-offer.entity';
import { OfferListController } from './offer-list.controller';
import { OfferController } from './offer.controller';
import { OfferReaderService } from './offer-reader.service';
import { OfferRepository } from './offer.repository';
import { OfferService } from './offer.service';

/** The part of CommissionModule for offers. It needs ORDER. */
export const OFFER = {
  entities: [CommissionOffer],
  controllers: [OfferController, OfferListController] as Type[],
  providers: [OfferRepository, OfferReaderService, OfferService] as Provider[],
};
