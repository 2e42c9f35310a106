import { DomainError } from '../common/domain-error';

export type WebhookEndpointErrorCode = 'webhook-endpoints-too-many' | 'webhook-endpoint-disabled';

type WebhookEndpointError = DomainError<WebhookEndpointErrorCode>;

export const tooManyEndpoints = (most: number): WebhookEndpointError =>
  new DomainError(
    'conflict',
    'webhook-endpoints-too-many',
    `An account has at most ${most} webhook endpoints: remove one first.`,
  );

export const endpointDisabled = (): WebhookEndpointError =>
  new DomainError('conflict', 'webhook-endpoint-disabled', 'The webhook endpoint is disabled: enable it first.');
