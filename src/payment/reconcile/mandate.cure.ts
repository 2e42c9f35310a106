import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { ApplyService } from '../apply/apply.service';
import { unlessRefused } from '../gateway/gateway-questions';
import { type GatewaySubscription, PaymentGateway } from '../gateway/payment-gateway';
import { MandatePublisher } from '../mandate/mandate-publisher';
import { MandateRepository } from '../mandate/mandate.repository';
import { asOfAnswer, isOver, mandateDiffers, mergeMandate } from '../mandate/mandate.state';
import type { RunBook } from './run-book';

/** Brings a mandate to where its webhooks would have brought it. Outside of any unit of work; throws GatewayError. */
@Injectable()
export class MandateCure {
  constructor(
    private readonly gateway: PaymentGateway,
    private readonly applying: ApplyService,
    private readonly mandates: MandateRepository,
    private readonly publisher: MandatePublisher,
    private readonly clock: Clock,
  ) {}

  /** `asked`: when the gateway was, before it told this. Gives whether ours was behind; another's never is. */
  async compare(book: RunBook, told: GatewaySubscription, asked: Date): Promise<boolean> {
    await this.adopt(book, told);
    if (!(await this.differs(told, asked))) return false;
    return book.cure(told.id, async () => {
      const known = await this.mandates.byGatewayId(told.id);
      if (known === undefined) return undefined;
      const { changed } = await this.applying.mandate(told, asOfAnswer(asked, known.snapshotAt));
      return changed ? 'mandate_behind' : undefined;
    });
  }

  /** Asks how one stands, if it is ours. False: the gateway does not know it. */
  async look(book: RunBook, gatewayId: string): Promise<boolean> {
    if ((await this.mandates.byGatewayId(gatewayId)) === undefined) return true;
    const asked = this.clock.now();
    const told = await unlessRefused(() => this.gateway.subscription(gatewayId));
    if (told !== undefined) await this.compare(book, told, asked);
    return told !== undefined;
  }

  /** Also what is news of nothing would be written down, as of when it was heard. */
  private async differs(told: GatewaySubscription, asked: Date): Promise<boolean> {
    const known = await this.mandates.byGatewayId(told.id);
    if (known === undefined) return false;
    return mandateDiffers(known, mergeMandate(known, told, asOfAnswer(asked, known.snapshotAt)));
  }

  /** One whose making was never answered. */
  private async adopt(book: RunBook, told: GatewaySubscription): Promise<void> {
    if (this.publisher.intentIdOf(told) === undefined) return;
    if ((await this.mandates.byGatewayId(told.id)) !== undefined) return;
    let isStray = false;
    await book.cure(told.id, async () => {
      const adopted = await this.publisher.adopt(told);
      isStray = adopted === 'stray' && !isOver(told.status);
      return adopted === 'kept' ? 'mandate_missing' : undefined;
    });
    if (isStray) book.note('mandate_stray', told.id);
  }
}
