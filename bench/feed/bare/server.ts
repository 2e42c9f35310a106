import { serve } from '../../bare/serve';
import { comment, like } from './reactions';
import { detail, feed, profile, search } from './reads';

serve([
  { method: 'GET', path: /^\/feed\/api\/feed$/, handler: feed },
  { method: 'GET', path: /^\/feed\/api\/user-profile\/\d+$/, handler: profile },
  { method: 'GET', path: /^\/content\/api\/content\/\d+\/$/, handler: detail },
  { method: 'GET', path: /^\/feed\/api\/search$/, handler: search },
  { method: 'POST', path: /^\/content\/api\/likes\/$/, handler: like },
  { method: 'POST', path: /^\/content\/api\/comment\/$/, handler: comment },
]);
