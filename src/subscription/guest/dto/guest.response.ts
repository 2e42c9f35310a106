import { ApiProperty } from '@nestjs/swagger';
import type { OpenedCheckout } from '../guest-checkout.service';
import type { GhostUserRequest } from './guest.request';

export class GhostUserResponse {
  @ApiProperty({ example: 'ravi@example.org' })
  email: string;

  @ApiProperty({ example: '+919876543210' })
  phone: string;

  @ApiProperty({
    description: 'A fresh one, whether or not the address has an account.',
    example: 'guest-9f2c41d07b6e83aa',
  })
  username: string;

  @ApiProperty({ description: 'What a checkout is opened with.', example: 'sub_IH4NTn5Xqz9kXr' })
  SubscriptionID: string;

  @ApiProperty({ description: "The gateway's public key.", example: 'rzp_test_8sKd02mfLq1xYz' })
  public_key: string;

  static of(this: void, { email, phone }: GhostUserRequest, checkout: OpenedCheckout): GhostUserResponse {
    const { username, gatewayId: SubscriptionID, publicKey: public_key } = checkout;
    return { email, phone, username, SubscriptionID, public_key };
  }
}

export class GuestDetailResponse {
  @ApiProperty({ example: 'ok' })
  detail: string;
}

export class GuestClaimedResponse {
  @ApiProperty({ example: 'ok' })
  detail: string;

  @ApiProperty({ description: 'Of the account that has it all now.', example: 'ravi' })
  username: string;

  @ApiProperty({
    type: String,
    format: 'uri',
    nullable: true,
    description: 'Where a password is chosen, once and within the hour; null where there is one.',
  })
  password_url: string | null;
}

export class OwnClaimResponse {
  @ApiProperty({ type: 'integer', description: 'How many purchases came to the account.', example: 1 })
  claimed: number;
}
