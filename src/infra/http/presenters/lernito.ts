import { json, type Presenter, requestIdOf } from './presentation';
import { PARSE_ERROR } from '../transport-errors';

/** The old view answered `success` and `message`; what failed before it ran came from DRF itself. */
export const presentLernito: Presenter = (fault, requestId) => {
  if (fault.code === PARSE_ERROR || fault.status === 405 || fault.status === 415) {
    return json({ detail: fault.message });
  }
  return json({
    success: false,
    message: fault.fields ?? fault.message,
    ...fault.extra,
    ...requestIdOf(fault, requestId),
  });
};
