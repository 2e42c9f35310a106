import { json, type Presenter, requestIdOf } from './presentation';

/** Django REST framework: the fields' messages at the root, or `detail`. */
export const presentDrf: Presenter = (fault, requestId) =>
  json(fault.fields ?? { detail: fault.message, ...fault.extra, ...requestIdOf(fault, requestId) });
