import type { Provider, Type } from '@nestjs/common';
import { EventApplication } from './event.application';
import { TokenFinder } from './token.finder';
import { EventInquiry } from './event.inquiry';
import { RazorpayController } from './razorpay.controller';
import { RazorpayProcessor } from './razorpay.processor';
import { RazorpaySource } from './razorpay.source';
import { RazorpayVerifier } from './razorpay.verifier';

/** The part of PaymentModule for the events that Razorpay sends. */
export const WEBHOOK = {
  entities: [] as Type[],
  controllers: [RazorpayController] as Type[],
  providers: [
    RazorpayVerifier,
    TokenFinder,
    EventInquiry,
    EventApplication,
    RazorpayProcessor,
    RazorpaySource,
  ] as Provider[],
};
