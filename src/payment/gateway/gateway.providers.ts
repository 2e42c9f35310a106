import type { Provider } from '@nestjs/common';
import { Settings } from '../../infra/config/settings';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { SimulatorHost } from '../simulator/simulator-host.service';
import { PaymentGateway } from './payment-gateway';
import { RazorpayGateway } from './razorpay-gateway';
import type { RazorpayAccess } from './razorpay-client';

/** Razorpay, or outside production and without its keys the simulator, reached by the same client. */
export const GATEWAY: Provider[] = [
  SimulatorHost,
  {
    provide: PaymentGateway,
    inject: [UnitOfWork, Settings, SimulatorHost],
    useFactory: async (unitOfWork: UnitOfWork, settings: Settings, host: SimulatorHost) =>
      new RazorpayGateway(unitOfWork, await accessTo(settings, host)),
  },
];

async function accessTo({ razorpay }: Settings, host: SimulatorHost): Promise<RazorpayAccess | undefined> {
  if (razorpay === undefined) return undefined;
  const { keyId, keySecret, baseUrl } = razorpay;
  return { keyId, keySecret, baseUrl: baseUrl ?? (await host.origin()) };
}
