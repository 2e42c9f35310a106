/**
 * `--production` means NODE_ENV=production unless that is given. It is set before any library is loaded, because some
 * read it while they load; imported first by main.ts.
 */
if (process.argv.includes('--production')) process.env.NODE_ENV ??= 'production';
