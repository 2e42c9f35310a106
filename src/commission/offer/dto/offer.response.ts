import { ApiProperty } from '@nestjs/swagger';
import { MediaView } from '../../../content/media/media-link.service';
import type { ShownOffer } from '../offer-reader.service';
import { openSlots } from '../offer.rules';

class OfferPriceResponse {
  @ApiProperty({ example: 'INR' })
  currency: string;

  @ApiProperty({ type: 'integer', description: "In the currency's minor unit.", example: 34800 })
  amount: number;
}

class DeliveryModeResponse {
  @ApiProperty({ type: 'integer', example: 1 })
  id: number;

  @ApiProperty({ example: 'By mail' })
  name: string;
}

export class OfferResponse {
  @ApiProperty({ type: 'integer', example: 1 })
  id: number;

  @ApiProperty({ type: 'integer', description: 'An account.', example: 7 })
  creator: number;

  @ApiProperty({ example: 'A portrait in ink' })
  title: string;

  @ApiProperty({ example: 'Up to A3, one person.' })
  description: string;

  @ApiProperty({ type: OfferPriceResponse, isArray: true, description: 'INR first.' })
  prices: OfferPriceResponse[];

  @ApiProperty({ type: DeliveryModeResponse, isArray: true })
  delivery_modes: DeliveryModeResponse[];

  @ApiProperty({ type: 'integer', nullable: true, description: 'Orders at once; null = any number.', example: 3 })
  slots: number | null;

  @ApiProperty({ example: 'Two weeks.' })
  terms: string;

  @ApiProperty({ type: MediaView, isArray: true })
  samples: MediaView[];

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'At 0 who orders waits; null = any number.',
    example: 3,
  })
  open_slots: number | null;

  @ApiProperty({ description: 'Nobody orders it any more.', example: false })
  archived: boolean;

  @ApiProperty({ type: String, format: 'date-time' })
  created_at: string;

  static of(this: void, { offer, samples }: ShownOffer): OfferResponse {
    return {
      id: offer.id,
      creator: offer.creatorId,
      title: offer.title,
      description: offer.description,
      prices: [...offer.prices],
      delivery_modes: [...offer.deliveryModes],
      slots: offer.slots,
      terms: offer.terms,
      samples: [...samples],
      open_slots: openSlots(offer),
      archived: offer.archivedAt !== null,
      created_at: offer.createdAt.toISOString(),
    };
  }
}

/** For those who look around. */
export class ListedOfferResponse extends OfferResponse {
  @ApiProperty({ description: "The creator's.", example: 'asha' })
  username: string;

  @ApiProperty({ description: "The creator's: a URL, or empty.", example: '' })
  profile_pic: string;

  static override of(this: void, shown: ShownOffer): ListedOfferResponse {
    const { username, profilePic } = shown.offer;
    return { ...OfferResponse.of(shown), username, profile_pic: profilePic };
  }
}

export class DeletableResponse {
  @ApiProperty({ description: 'False: to delete it archives it.', example: true })
  deletable: boolean;

  @ApiProperty({ type: String, nullable: true, description: 'Why not.', example: null })
  reason: string | null;
}
